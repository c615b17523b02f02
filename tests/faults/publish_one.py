"""Publish one practice more."""

import django

django.setup()

from tests.factories import published, rich_document  # noqa: E402

published(rich_document(1))

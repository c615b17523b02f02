"""The practices that the measuring of the search looks for are read by the same door as everybody's."""

import pytest

from bench.known_item import known_documents


@pytest.mark.django_db
def test_known_practices_are_read_each_with_a_code_and_a_title_of_its_own():
    documents = known_documents()
    assert (len(documents), len({d.code for d in documents}), len({d.title for d in documents})) == (41, 41, 41)

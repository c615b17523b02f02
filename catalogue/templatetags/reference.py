"""What a page that says that something failed is called, for whoever writes to the institution about it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalogue.watching.reference import current_reference

register = template.Library()


@register.simple_tag
def reference() -> SafeString | str:
    """A paragraph in both languages; nothing outside a request."""
    told = current_reference()
    if not told:
        return ""
    return format_html(
        '<p class="reference">Referencia, si nos escribe <span lang="en">(reference, if you write to us)</span>: '
        "<code>{}</code></p>",
        told,
    )

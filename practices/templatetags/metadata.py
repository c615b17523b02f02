"""Data for machines inside a page."""

import html
import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import Node, NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from practices.exchange.writers.open_graph import PICTURE, Preview, open_graph

register = template.Library()

# As Django's json_script: no character that could end the element, or begin one, is left.
_ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@register.filter
def ld_json(data: Any) -> SafeString:
    """Plain values as JSON that may stand in a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(text)


@register.filter
def metas(tags: Iterable[tuple[str, str]], attribute: str) -> SafeString:
    """A meta element for each name and content; names are ours. Drawn and escaped here: thirty turns of a loop of a
    template, and Django's own joining, take twenty times as long."""
    return mark_safe("\n".join(f'<meta {attribute}="{name}" content="{html.escape(said)}">' for name, said in tags))


class Held(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        context[self.name] = " ".join(html.unescape(self.nodelist.render(context)).split())
        return ""


@register.tag
def hold(parser: Parser, token: Token) -> Held:
    """{% hold name %}…{% endhold %}: what stands in it as a plain text in one line, to be said more than once. A block
    can only be drawn once."""
    name = token.split_contents()[1]
    held = parser.parse(("endhold",))
    parser.delete_first_token()
    return Held(name, held)


@register.simple_tag(takes_context=True)
def preview(context: template.Context, title: str, description: str, address: str) -> SafeString:
    """How a page without metadata of its own is shown where it is shared."""
    return preview_in(context["request"], str(context["site_name"]), str(title), description, address)


def preview_in(request: HttpRequest, site_name: str, title: str, description: str, address: str) -> SafeString:
    """The same for whoever has no template around it."""
    picture = request.build_absolute_uri(static(PICTURE))
    page = Preview(title, description, address, site_name, picture, get_language() or "")
    return metas(open_graph(page), "property")


@register.filter
def with_query_of(address: str, other: str) -> str:
    """The address with the query string of the other one, which is the same page in another language."""
    query = other.partition("?")[2]
    return f"{address.partition('?')[0]}{'?' if query else ''}{query}"

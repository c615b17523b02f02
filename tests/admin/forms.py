"""A form as a browser would send it: everything that the page holds, with what a person typed over it."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from .opening import Values, opened

ADD = "admin:practices_practice_add"
CHANGE = "admin:practices_practice_change"


class FormReader(HTMLParser):
    """The values of the successful controls of the practice's form."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.select = self.textarea = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == "practice_form"
        elif self.inside and tag == "textarea":
            self.textarea = given["name"]
            self.values[self.textarea] = [""]
        elif self.inside and tag == "select":
            self.select = given["name"]
            self.values.setdefault(self.select, [])
        elif self.inside and tag == "option" and "selected" in given and self.select:
            self.values[self.select].append(given.get("value", ""))
        elif self.inside and tag == "input":
            self._input(given)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if not name or kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        self.values.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line break after the tag belongs to the markup.
            self.values[self.textarea][0] = self.values[self.textarea][0].removeprefix("\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False


def read_form(response: HttpResponse) -> Values:
    """What a browser finds in this page. Where only the values are wanted, `opened` has them without drawing it."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return {name: values for name, values in reader.values.items() if "__prefix__" not in name}


def rows(prefix: str, *typed: Values) -> Values:
    """New rows of one list, as "add another" makes them."""
    values: Values = {f"{prefix}-TOTAL_FORMS": str(len(typed))}
    for number, row in enumerate(typed):
        values |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return values


def send(client: Client, address: str, button: str = "_save", **typed: Any) -> HttpResponse:
    """Open the form, type and press the button."""
    return client.post(address, {**opened(client, address), **typed, button: "1"})


def add(client: Client, button: str = "_save", **typed: Any) -> HttpResponse:
    return send(client, reverse(ADD), button, **typed)


def change(client: Client, pk: int, button: str = "_save", **typed: Any) -> HttpResponse:
    return send(client, reverse(CHANGE, args=[pk]), button, **typed)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """What the redisplayed form says is wrong, by field."""
    form = response.context["adminform"].form
    found = {name: list(messages) for name, messages in form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {f"{row.prefix}-{name}": list(messages) for name, messages in row.errors.items()}
    return found


def messages(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]

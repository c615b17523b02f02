"""Any form of a page, as a browser would send it, with something else typed into each of its boxes."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """The controls of every form that is sent by POST, but those that would end a session."""

    def __init__(self) -> None:
        super().__init__()
        self.fixed: dict[str, str] = {}
        self.free: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post" and "logout" not in given.get("id", "")
        elif not self.inside or not name or "__prefix__" in name:
            return
        elif tag in ("textarea", "select") or (tag == "input" and given.get("type", "text") not in FIXED):
            self.free.add(name)
        elif tag == "input" and given.get("type") != "file":
            self.fixed[name] = given.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


FIXED = ("hidden", "submit", "file", "checkbox", "radio", "image", "button")


def typed_into(page: str, text: str) -> dict[str, str]:
    """The text in every box and list of choices; hidden fields, ticks and buttons as they were."""
    forms = Forms()
    forms.feed(page)
    forms.fixed.pop("_delete", None)
    return {**forms.fixed, **dict.fromkeys(forms.free - forms.fixed.keys(), text)}


def forged_into(page: str, text: str) -> dict[str, str]:
    """The text in everything, what people do not see too; how many rows there are stays."""
    forms = Forms()
    forms.feed(page)
    counts = {name: value for name, value in forms.fixed.items() if name.endswith("_FORMS")}
    return {**dict.fromkeys({*forms.fixed, *forms.free}, text), **counts}

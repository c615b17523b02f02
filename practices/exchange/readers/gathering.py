"""What stands under the labels of a form, brought together as a record that record.py reads."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from practices.language import texts

from .contacts import MAIL
from .criteria import assessments
from .labels import label_of

PARAGRAPH = "\n\n"
# A semicolon parts values, but not inside an address.
_SEMICOLON = re.compile(r";\s+|;(?=https?://|www\.)|;$", re.IGNORECASE)
_SERVICES = re.compile(r"[;\n]")
_LABELLED = re.compile(r"\s*(?P<label>[^:\n]{2,40}):[ \t]*(?P<value>.*)")


@dataclass
class Gathered:
    """Texts by field, in the order they stand; links and assessments with the parts that the file told apart."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    criteria: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        if text.strip():
            self.texts.setdefault(name, []).append(text)

    def record(self, items: Callable[[str], list[str]]) -> dict[str, Any]:
        """`items` parts one text into the values it lists, as this kind of file writes them."""
        given: dict[str, Any] = {}
        for name, written in self.texts.items():
            if name in {"success_factors", "attachments"}:
                given[name] = [item for text in written for item in items(text)]
            elif name == "services":
                given[name] = services_in(written)
            elif name not in {"links", "contact", "criteria"} and not name.startswith("contact."):
                given[name] = PARAGRAPH.join(written)
        if links := [*self.links, *(item for text in self.texts.get("links", []) for item in items(text))]:
            given["links"] = [link for link in links if not isinstance(link, str) or not texts.is_blank(link)]
        if self.criteria:
            given["criteria"] = assessments(self.criteria)
        if contacts := contacts_in(self.texts):
            given["contacts"] = contacts
        return given


def services_in(written: Sequence[str]) -> Any:
    """One text is parted where services are read, which knows commas and “y” too."""
    text = "\n".join("\n".join(texts.list_items(entry)) or entry for entry in written)
    return _SERVICES.sub(",", text)


def cell_items(text: str) -> list[str]:
    """The values of a spreadsheet's cell: lines, bullets, or between semicolons."""
    if listed := texts.list_items(text):
        lead = [line.strip() for line in text.split("\n")[:1] if line.strip() and not texts.list_items(line)]
        return [*lead, *listed]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 else [part.strip() for part in _SEMICOLON.split(text) if part.strip()]


def text_items(text: str) -> list[str]:
    """The values of a form's field: bullets or lines; a semicolon may be part of a sentence. Nothing is left out."""
    found: list[str] = []
    for block in texts.read_blocks(text):
        if isinstance(block, texts.ListBlock):
            found += [item.text for item in block.items]
        else:
            found += ["".join(i if isinstance(i, str) else i.text for i in line) for line in block.lines]
    return found


def contacts_in(written: Mapping[str, Sequence[str]]) -> list[Any]:
    """Contacts as texts or objects: each line with its own address, or name, role, address and telephone apart."""
    parts = {
        name.partition(".")[2]: ", ".join(found) for name, found in written.items() if name.startswith("contact.")
    }
    found: list[Any] = []
    for text in written.get("contact", []):
        found += _contacts_of(text)
    if not parts:
        return found
    alone = [entry for entry in found if isinstance(entry, str) and not MAIL.search(entry)]
    if len(found) == len(alone) == 1:
        return [{"as_written": alone[0], **parts}]
    return [*found, parts]


def _contacts_of(text: str) -> list[Any]:
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    labelled = {found[0]: found[1] for line in lines if (found := _part_of(line))}
    if len(labelled) == len(lines) > 0:
        filled = {part: value for part, value in labelled.items() if not texts.is_blank(value)}
        return [filled] if filled else []
    if len(lines) > 1 and all(len(MAIL.findall(line)) == 1 for line in lines):
        return list(lines)
    return [] if texts.is_blank(text) else [text]


def _part_of(line: str) -> tuple[str, str] | None:
    """ "Cargo: Directora" as role and its value; “Nombre” alone is the contact's, here."""
    found = _LABELLED.fullmatch(line)
    if not found:
        return None
    if found["label"].strip().lower() in {"nombre", "nombres"}:
        return "name", found["value"].strip()
    label = label_of(found["label"])
    if label is None or not label.field.startswith("contact."):
        return None
    return label.field.partition(".")[2], found["value"].strip()

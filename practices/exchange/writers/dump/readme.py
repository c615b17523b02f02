"""What a dump says of itself to people: what is in it, what may be done with it, how to keep it up to date."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.exchange.writers.columns_out import COLUMNS

from .files import GZIP, Written
from .folder import MANIFEST


def readme(
    site: str, data_page: str, changes: str, version: int, licence: Sequence[str], files: Sequence[Written]
) -> str:
    """Plain text in the language in force. `data_page` and `changes` are addresses."""
    paragraphs = [
        _("%(site)s: all of its public data") % {"site": site},
        _("Everything is of version %(version)d of the catalogue. There is no personal data in it.")
        % {"version": version},
        _listed(_("Files"), [f"{file.name}: {_what(file)}" for file in files]),
        _("%(manifest)s gives the size and the SHA-256 checksum of each file, as sha256sum prints it.")
        % {"manifest": MANIFEST},
        _("What changed since this version, and which practices were withdrawn: %(address)s") % {"address": changes},
        _("Formats, columns and filters are explained at %(address)s") % {"address": data_page},
        _listed(_("Licence"), licence),
        _listed(_("Columns of the tables"), [f"{capfirst(str(c.label))}: {c.meaning} ({c.kind})" for c in COLUMNS]),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _what(file: Written) -> str:
    told = {
        "practicas.jsonl": _("every published practice, whole, on a line of its own; JSON as it was published"),
        "practicas.csv": _("the same as a table for Excel in Spanish"),
        "practicas-internacional.csv": _("the same table with commas and decimal points"),
        "versiones.jsonl": _("every version that can be read, with its number, date and what changed"),
        "retiradas.jsonl": _("practices that were withdrawn, with the date and the reason"),
    }
    return told[file.name.removesuffix(".gz")] + (f" ({GZIP})" if file.encoding else "")

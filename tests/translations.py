"""Translations kept true: every text of the interface is in both catalogues, translated, and compiled.

`python -m tests.translations` checks (part of `make check`); with `--update` it collects the texts anew, keeps what
is translated, fills English from the msgids and compiles.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("es", "en")
SOURCES = ("catalogue", "practices", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def collected() -> dict[tuple[str, str], polib.POEntry]:
    """Every text that the code and the templates mark for translation, by context and msgid."""
    with tempfile.TemporaryDirectory() as folder:
        for source in (*SOURCES, "manage.py"):
            target = Path(folder) / source
            shutil.copytree(ROOT / source, target) if (ROOT / source).is_dir() else shutil.copy(ROOT / source, target)
        (Path(folder) / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", "es", "--no-obsolete", "-v0"]
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=folder, check=True, env=environment)
        entries = polib.pofile(str(Path(folder) / "locale" / "es" / "LC_MESSAGES" / "django.po"))
    return {(entry.msgctxt or "", entry.msgid): entry for entry in entries}


def update() -> None:
    wanted = collected()
    for language in LANGUAGES:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
        written = polib.POFile(wrapwidth=110)
        written.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for key in sorted(wanted):
            written.append(entry_for(language, wanted[key], known.get(key)))
        written.save(str(path))
        written.save_as_mofile(str(path.with_suffix(".mo")))


def entry_for(language: str, wanted: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=wanted.msgid, msgctxt=wanted.msgctxt, msgid_plural=wanted.msgid_plural)
    entry.flags = [flag for flag in wanted.flags if flag != "fuzzy"]
    entry.occurrences = sorted({(name, "") for name, _line in wanted.occurrences})
    if language == "en":
        entry.msgstr = "" if wanted.msgid_plural else wanted.msgid
        entry.msgstr_plural = {0: wanted.msgid, 1: wanted.msgid_plural} if wanted.msgid_plural else {}
    elif wanted.msgid_plural:
        entry.msgstr_plural = known.msgstr_plural if known and known.msgid_plural else {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(language: str) -> list[str]:
    """What is wrong with a catalogue by itself, in words."""
    entries = polib.pofile(str(catalogue(language)))
    found = [f"{language}: not translated: {e.msgid!r}" for e in entries if not all(texts(e))]
    found += [f"{language}: fuzzy: {e.msgid!r}" for e in entries if "fuzzy" in e.flags]
    for entry in entries:
        placeholders = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        if any(not set(PLACEHOLDER.findall(text)) <= placeholders for text in texts(entry)):
            found.append(f"{language}: other placeholders than {entry.msgid!r}")
    plural = {e.msgid for e in entries if e.msgid_plural and not e.msgctxt}
    alone = sorted(plural & looked_up_alone())
    found += [f"{language}: {msgid!r} is looked up alone too: give it an entry of its own" for msgid in alone]
    compiled = polib.mofile(str(catalogue(language).with_suffix(".mo")))
    shown = {(e.msgctxt or "", e.msgid): texts(e) for e in compiled}
    if shown != {(e.msgctxt or "", e.msgid): texts(e) for e in entries}:
        found.append(f"{language}: django.mo is not compiled from django.po (make translations)")
    return found


def looked_up_alone() -> set[str]:
    """The texts that models and forms look up without a number: gettext does not find those in plural entries."""
    pattern = re.compile(r'(?<![\w.])(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)*)"')
    sources = [path for source in ("catalogue", "practices") for path in (ROOT / source).rglob("*.py")]
    return {text for path in sources for text in pattern.findall(path.read_text(encoding="utf-8"))}


def missing() -> list[str]:
    """Texts of the code that a catalogue lacks, and texts that it holds for nothing."""
    wanted = set(collected())
    found = []
    for language in LANGUAGES:
        held = {(e.msgctxt or "", e.msgid) for e in polib.pofile(str(catalogue(language)))}
        found += [f"{language}: lacks {msgid!r}" for _context, msgid in sorted(wanted - held)]
        found += [f"{language}: holds for nothing {msgid!r}" for _context, msgid in sorted(held - wanted)]
    return found


def main() -> int:
    if "--update" in sys.argv:
        update()
        return 0
    found = [fault for language in LANGUAGES for fault in faults(language)]
    if shutil.which("xgettext"):
        found += missing()
    else:
        print("skipped: whether every text is collected (xgettext is not on this machine: apt install gettext)")
        found += ["xgettext is required (REQUIRE_ALL=1)"] if os.environ.get("REQUIRE_ALL") == "1" else []
    print("\n".join(found) or "translations: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Files chosen in a form that is not saved: they come back with it, and the next save uses them.

Each kept file stands in the form as a hidden value beside its field: its key, under the field's name and KEPT. When
the form is sent again, the file is put among the uploads as if the browser had sent it, so nothing else need know.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from catalogue.patience import not_waiting
from practices import search
from practices.editorial import staging
from practices.models.staging import StagedFile

from .uploads import TEXT, check, safe_name

KEPT = "-kept"
DROP = "drop-kept"
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")


class KeptFile(UploadedFile):
    """A file that was chosen in an earlier sending of the form."""

    def __init__(self, staged: StagedFile) -> None:
        stored = staged.stored_file
        content = stored.content.storage.open(stored.content.name or "", "rb")
        super().__init__(content, staged.name, stored.media_type, stored.size)
        self.key = staged.key


@dataclass(frozen=True)
class Kept:
    """A line under the field: a file that waits for the next save."""

    field: str
    key: str
    name: str
    size: int


def bring_back(request: HttpRequest) -> None:
    """Put the files that this person's form has kept among its uploads; forget those that were dropped."""
    asked = dict(_asked(request))
    dropped = [key for key in request.POST.getlist(DROP) if KEY.fullmatch(key)]
    if not asked and not dropped:
        return
    user = cast(User, request.user)
    staged = staging.kept_for(user, {key for keys in asked.values() for key in keys} - {*dropped})
    for name, keys in asked.items():
        # What was chosen now stands last: where a field takes one file only, the last is taken.
        chosen = [upload for upload in request.FILES.getlist(name) if not isinstance(upload, KeptFile)]
        request.FILES.setlist(name, [*_opened(staged, keys), *chosen])
        if not request.FILES.getlist(name):
            del request.FILES[name]
    staging.forget(user, dropped)


def _asked(request: HttpRequest) -> Iterator[tuple[str, list[str]]]:
    for name, keys in request.POST.lists():
        if name.endswith(KEPT):
            yield name.removesuffix(KEPT), [key for key in keys if isinstance(key, str) and KEY.fullmatch(key)]


def _opened(staged: dict[str, StagedFile], keys: list[str]) -> Iterator[KeptFile]:
    for key in keys:
        if key in staged:
            try:
                yield KeptFile(staged[key])
            except FileNotFoundError:
                continue


def keep(files: MultiValueDict[str, UploadedFile], user: User) -> list[Kept]:
    """Keep what the catalogue takes of these uploads. A file that is refused is not kept: its field says why."""
    return [
        kept
        for name, uploads in files.lists()
        for upload in uploads
        if isinstance(upload, UploadedFile) and (kept := _kept(name, upload, user))
    ]


def _kept(name: str, upload: UploadedFile, user: User) -> Kept | None:
    if not isinstance(upload, KeptFile):
        if not _taken(upload):
            return None
        staged = staging.keep(upload, safe_name(upload.name or ""), user)
        if isinstance(text := getattr(upload, TEXT, None), str):
            search.keep_text(staged.stored_file, text)
        return Kept(name, staged.key, staged.name, staged.stored_file.size)
    return Kept(name, upload.key, upload.name or "", upload.size or 0)


def keep_what_fits(files: MultiValueDict[str, UploadedFile], user: User) -> tuple[list[Kept], list[str]]:
    """The same where the disk is full or the database busy; also the names of the files that could not be kept."""
    found: list[Kept] = []
    lost: list[str] = []
    for name, uploads in files.lists():
        for upload in uploads:
            try:
                with not_waiting(), transaction.atomic():
                    found += filter(None, [_kept(name, upload, user)])
            except (OSError, OperationalError):
                lost.append(safe_name(upload.name or ""))
    return found, lost


def _taken(upload: UploadedFile) -> bool:
    try:
        check(upload)
    except ValidationError:
        return False
    return bool(upload.size)


def write(sent: QueryDict, kept: Iterable[Kept]) -> QueryDict:
    """The form with the keys of these files, as its page would send it; without any other, and nothing to drop."""
    written = sent.copy()
    for name in [name for name in written if name.endswith(KEPT) or name == DROP]:
        del written[name]
    for one in kept:
        written.appendlist(one.field + KEPT, one.key)
    return written


def forget_saved(request: HttpRequest) -> None:
    """After a save: what was kept is part of the record now."""
    uploads = (upload for _name, uploads in request.FILES.lists() for upload in uploads)
    if keys := [upload.key for upload in uploads if isinstance(upload, KeptFile)]:
        staging.forget(cast(User, request.user), keys)


class KeptFileInput(forms.FileInput):
    """The choice of a file with, under it, the files that are kept for it."""

    def __init__(self, kept: list[Kept], widget: forms.FileInput) -> None:
        # Before the stock check of its attributes, which looks at it.
        self.allow_multiple_selected = widget.allow_multiple_selected
        super().__init__(widget.attrs)
        self.kept = kept

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        drawn = super().render(name, value, attrs, renderer)
        context = {"kept": self.kept, "field": name + KEPT, "drop": DROP}
        return drawn + render_to_string("admin/practices/practice/kept_files.html", context)


def show(kept: list[Kept], all_forms: Iterable[forms.BaseForm]) -> None:
    """Draw what is kept under the fields that it was chosen in."""
    by_field: dict[str, list[Kept]] = {}
    for one in kept:
        by_field.setdefault(one.field, []).append(one)
    for form in all_forms:
        for name, field in form.fields.items():
            found = by_field.get(form.add_prefix(name), [])
            if found and isinstance(field.widget, forms.FileInput):
                several = field.widget.allow_multiple_selected
                field.widget = KeptFileInput(found if several else found[-1:], field.widget)

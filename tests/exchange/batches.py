"""Batches for tests: records as people write them, previewed."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from practices.exchange.batches import begin
from practices.exchange.previewing import preview_portion
from practices.models.batch import ImportBatch


def record(number: int = 1, **fields: Any) -> dict[str, Any]:
    code = f"BP-PRUEBA-SSPD-{number:03d}-2021"
    titles = ("Oficina móvil", "Lectura remota", "Pago en línea", "Ahorro en casa", "Ruta limpia")
    return {"code": code, "title": titles[number % 5], "author": "Firma S.A.", "summary": "Resumen.", **fields}


def upload(*records: Any, name: str = "prácticas.json") -> ContentFile:
    return ContentFile(json.dumps(list(records)).encode(), name=name)


def previewed(*records: Any, by: User | None = None, name: str = "prácticas.json") -> ImportBatch:
    batch = begin(upload(*records, name=name), by)
    while preview_portion(batch):
        pass
    return batch


def statuses(batch: ImportBatch) -> list[str]:
    return list(batch.rows.values_list("status", flat=True))

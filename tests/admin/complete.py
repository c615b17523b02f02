"""A whole record as a person types it, and the document that it must become."""

from decimal import Decimal
from typing import Any

from practices.document import (
    Assessment,
    Author,
    Category,
    Coverage,
    Implementation,
    Link,
    Metric,
    Place,
    PracticeDocument,
    Service,
)
from practices.models import vocabulary

from .forms import rows

CODE = "BP-PRUEBA-SSPD-002-2020"


def typed() -> dict[str, Any]:
    water, energy = vocabulary.Organization.objects.order_by("name")
    return {
        "code": "bp prueba sspd 2 2020",
        "title": "Un contacto virtual\npara hacer más real la relación",
        **rows("authorship_set", {"organization": water.pk, "as_written": "AGUAS"}, {"organization": energy.pk}),
        "implemented_text": "Abril de 2020",
        "category": vocabulary.Category.objects.get().pk,
        "services": [vocabulary.Service.objects.get().pk],
        "distinction": "Primer lugar",
        "population": "N.A.",
        "summary": "Un párrafo.\r\n\r\nOtro párrafo.",
        "impact": "<p>Se logró:</p><ul><li>949 requerimientos</li></ul>",
        **rows(
            "metric_set",
            {"text": "949 requerimientos tramitados a través del Call Center.", "headline": "on"},
            {"text": "Ahorro", "label": "ahorro", "value": "2.350,5", "unit": "m³", "better": "more"},
        ),
        **rows("successfactor_set", {"text": "Segundo", "position": "2"}, {"text": "Primero", "position": "1"}),
        "coverage_text": "Caldas – Manizales",
        "validation": "Se comprobó.",
        "replicability": "Se puede.",
        "limitations": "Hay.",
        "conclusion": "Sirvió.",
        "assessment_set-0-state": "met",
        "assessment_set-0-reason": "Lo muestra el impacto.",
        **rows("link_set", {"address": "https://example.org/a"}, {"label": "Solo un texto"}),
        **rows("contact_set", {"role": "Dirección de atención", "email": "atencion@example.org"}),
        "publication_note": "Primera versión",
    }


def expected() -> PracticeDocument:
    """What the typed record is, field by field; contacts are never part of it."""
    category = vocabulary.Category.objects.get()
    return PracticeDocument(
        code=CODE,
        title="Un contacto virtual para hacer más real la relación",
        author="AGUAS; Energía del Ejemplo S.A. E.S.P.",
        authors=(
            Author("AGUAS", "Aguas de Prueba S.A. E.S.P.", "aguas-prueba", "provider"),
            Author(
                "Energía del Ejemplo S.A. E.S.P.",
                "Energía del Ejemplo S.A. E.S.P.",
                "energia-ejemplo",
                "provider",
                acronym="EJE",
            ),
        ),
        implemented=Implementation("Abril de 2020", "2020-04", "2020-04", "month"),
        category=Category(category.slug, category.name, category.number, str(category)),
        services=(Service("acueducto", "Acueducto"),),
        distinction="Primer lugar",
        summary="Un párrafo.\n\nOtro párrafo.",
        impact="Se logró:\n\n• 949 requerimientos",
        metrics=(
            Metric(
                "949 requerimientos tramitados a través del Call Center.",
                label="requerimientos tramitados a través del Call Center",
                value=Decimal(949),
                unit="requerimientos",
                headline=True,
            ),
            Metric("Ahorro", label="ahorro", value=Decimal("2350.5"), unit="m³", better="more"),
        ),
        success_factors=("Primero", "Segundo"),
        coverage=Coverage(
            "Caldas – Manizales",
            departments=(Place("17", "Caldas"),),
            municipalities=(Place("17001", "Manizales", "17"),),
        ),
        validation="Se comprobó.",
        replicability="Se puede.",
        limitations="Hay.",
        conclusion="Sirvió.",
        criteria=(Assessment("eficaz", "eficaz", "minimum", "met", "Lo muestra el impacto."),),
        links=(Link("https://example.org/a"), Link("", "Solo un texto")),
    )

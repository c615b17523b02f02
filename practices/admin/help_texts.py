"""What stands beside each field of the practice's form: what to write, how long, what a good answer looks like.

Examples are records' own language and are quoted from the real ficha BP-ANDESCO-SSPD-002-2020, but for the answers to
the two questions that entrants misread: there the wrong answer and the right one are made up, to show the difference.
Lengths are characters.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.language.texts import Block, read_blocks

Text = str | Promise


@dataclass(frozen=True)
class Misread:
    """An answer that entrants often give, why it does not answer the question, and one that does."""

    wrong: str
    why: Text
    right: str


@dataclass(frozen=True)
class Guide:
    """`what` takes the place of the model's own help where it is given; `advised` is a length that usually suffices,
    0 where a field is not about length."""

    what: Text = ""
    advised: int = 0
    example: str = ""
    misread: Misread | None = None

    @property
    def blocks(self) -> list[Block]:
        """The example as the public page would draw it."""
        return read_blocks(self.example)

    def __bool__(self) -> bool:
        return bool(self.what or self.advised or self.example or self.misread)


NO_GUIDE = Guide()

PRACTICE: dict[str, Guide] = {
    "title": Guide(
        _("The name that the provider gave to its practice: what it is, in one line, without the company's name."),
        advised=100,
        example="Un contacto virtual para hacer nuestra relación más real",
    ),
    "author_text": Guide(advised=150, example="AGUAS DE MANIZALES S.A E.S.P."),
    "implemented_text": Guide(advised=60, example="Abril de 2020"),
    "distinction": Guide(advised=80),
    "population": Guide(
        _("Who benefits: which users, how many, in which places, with which needs. If it is everybody, say so."),
        advised=400,
        example=(
            "La iniciativa no tiene una población objeto especifica debido a que está dirigida hacia el público en "
            "general."
        ),
    ),
    "summary": Guide(
        _(
            "What the problem was, what was done and who did it, so that somebody who does not know the company "
            "understands it. One or two paragraphs, without figures: these go under Impact."
        ),
        advised=1200,
        example=(
            "Con la convicción de generar procesos permanentes de relacionamiento de la empresa con sus grupos de "
            "interés, se emprendieron acciones enfocadas al mejoramiento y actualización de la página web y canales "
            "virtuales que, posibilitaron la ampliación de generación de trámites y respuestas a los diferentes "
            "requerimientos de los usuarios o suscriptores con criterios de calidad, agilidad, eficiencia y eficacia."
        ),
    ),
    "impact": Guide(
        _(
            "What changed because of the practice. First a sentence that says in which period; then one figure a "
            "line, each beginning with a bullet: how much, of what."
        ),
        advised=1500,
        example=(
            "El impacto para la empresa corresponde a 2.350 usuarios atendidos en los periodos comprendidos entre el "
            "16 marzo y el 31 de mayo de 2020, a través de los canales dispuestos así:\n\n"
            "• 355 peticiones resueltas a través de página web.\n"
            "• 949 requerimientos tramitados a través del Call Center."
        ),
    ),
    "coverage_text": Guide(
        _("Where it was carried out, as the form says it: departments and municipalities, or the whole country."),
        advised=150,
        example="Caldas – Manizales",
    ),
    "validation": Guide(
        _(
            "How it is known that the practice worked: what was measured or asked, of whom, when, and what came out. "
            "It is not who approved it, nor a description of the practice."
        ),
        advised=1000,
        misread=Misread(
            wrong="La práctica fue validada por la gerencia.",
            why=_("It says who approved it, but not how one knows that it worked."),
            right=(
                "Se comparó el tiempo de respuesta de los seis meses anteriores y los seis posteriores, según el "
                "registro de PQR: bajó de 11 a 5 días. Además se encuestó a 120 usuarios y 98 dijeron que su trámite "
                "fue más fácil que antes."
            ),
        ),
    ),
    "replicability": Guide(
        _(
            "Who else could do the same, and what they would need for it: people, money, time, technology, permits. "
            "Say also what they would have to adapt."
        ),
        advised=800,
        misread=Misread(
            wrong="Sí, la práctica es replicable.",
            why=_("It does not say by whom, nor what they would need."),
            right=(
                "Puede hacerlo cualquier prestador con más de 2.000 suscriptores que tenga página web. Necesita dos "
                "personas durante tres meses, un sistema de PQR que dé número de radicado y unos 15 millones de "
                "pesos. Donde hay poca conexión conviene empezar por la línea telefónica."
            ),
        ),
    ),
    "limitations": Guide(
        _("What made it hard and what it does not solve. An honest limitation saves others a mistake."),
        advised=600,
        example=(
            "Las principales limitaciones se dan debido a la declaración de emergencia económica, social y ecológica "
            "ocasionada por la COVID-19 , presentando demoras en la adaptación tecnológica necesaria para el "
            "desarrollo de los servicios de atención al público."
        ),
    ),
    "conclusion": Guide(
        _("What was learned, in a few sentences: what you would do again, and what differently."),
        advised=500,
        example=(
            "Con el objetivo de generar procesos permanentes de relacionamiento de la empresa con sus grupos de "
            "interés, en 2020 se promovió el uso de tecnologías de información y gestión de conocimiento y, la "
            "interacción constata con la ciudadanía, permitiendo generar soluciones oportunas a las problemáticas en "
            "cuanto a la prestación del servicio."
        ),
    ),
}

# The fields of a row; what the whole list is about stands once above its rows (LISTS).
ROWS: dict[str, dict[str, Guide]] = {
    "authorship": {"as_written": Guide(advised=120)},
    "metric": {"text": Guide(advised=150), "label": Guide(advised=80), "period": Guide(advised=60)},
    "successfactor": {"text": Guide(advised=250)},
    "assessment": {"reason": Guide(advised=300)},
    "attachment": {"name": Guide(advised=80), "description": Guide(advised=150), "keywords": Guide(advised=80)},
    "link": {"label": Guide(advised=100)},
    "contact": {"role": Guide(advised=80)},
}

LISTS: dict[str, Guide] = {
    "authorship": Guide(
        _("One row for each organisation that did the practice, in the order of the form."),
        example="AGUAS DE MANIZALES S.A E.S.P.",
    ),
    "metric": Guide(
        _("One row for each figure. The number never takes the place of the line: the public sees both."),
        example="949 requerimientos tramitados a través del Call Center.",
    ),
    "successfactor": Guide(
        _("One row for each thing without which it would not have worked: what was done, and with which effect."),
        example=(
            "Campañas en medios de comunicación donde se enfatizó los medios habilitados para la atención a los "
            "usuarios."
        ),
    ),
    "link": Guide(
        _("Evidence that is on the web: a video, a page, a folder. The address must open without a password."),
    ),
    "contact": Guide(example="Directora Responsabilidad Social Empresarial"),
}


def guide_for(model: str, field: str) -> Guide:
    """The guide of a field of the form; `model` is the model's name in small letters."""
    return (PRACTICE if model == "practice" else ROWS.get(model, {})).get(field, NO_GUIDE)

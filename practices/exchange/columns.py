"""The fields of a practice as the institution's ficha and its spreadsheets name them, in the ficha's own order.

The words are the institution's, in Spanish whatever the language of the screen: they are what files hold. Synonyms
are written without accents, in lower case; how a label is compared with them is readers/labels.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    field: str
    label: str
    synonyms: tuple[str, ...] = ()
    keywords: str = ""
    """Stems, of which one says which field a label means when no other field's stands beside it."""
    several: bool = False
    """Whether one cell holds several values, and several columns may be of this field."""


COLUMNS = (
    Column("code", "Código", ("codigo de la practica", "codigo bp", "cod", "id", "referencia"), "codigo"),
    Column(
        "title",
        "Título",
        (
            *("titulo de la practica", "titulo de la buena practica", "nombre de la practica", "nombre del proyecto"),
            *("nombre de la buena practica", "nombre de la iniciativa", "nombre de la experiencia", "practica"),
            "buena practica",
        ),
        "titulo",
    ),
    Column(
        "author",
        "Autor de la buena práctica",
        (
            *("autor", "autores", "empresa", "prestador", "entidad", "organizacion", "entidad o prestador"),
            *("prestador de servicios publicos", "empresa prestadora", "autor o autores", "ejecutor"),
            *("nombre de la empresa", "nombre del prestador", "razon social", "dependencia", "autor o prestador"),
        ),
        "autor prestador",
    ),
    Column(
        "implemented",
        "Fecha de implementación",
        ("fecha", "implementacion", "fecha de inicio", "periodo de implementacion", "fecha de ejecucion", "periodo"),
        "fecha periodo",
    ),
    Column("category", "Categoría", ("categoria de la practica", "tema", "eje", "eje tematico", "linea"), "categoria"),
    Column(
        "services",
        "Servicios",
        ("servicio", "servicio publico", "servicios publicos", "servicio publico domiciliario", "sector"),
        "servicio",
        several=True,
    ),
    Column("call", "Convocatoria", ("concurso", "proceso de seleccion", "convocatoria o concurso"), "convocatoria"),
    Column("distinction", "Distinción", ("reconocimiento", "premio", "puesto", "mencion"), "distincion"),
    Column(
        "population",
        "Población objeto o partes interesadas",
        (
            *("poblacion objeto", "poblacion objetivo", "partes interesadas", "poblacion beneficiada", "poblacion"),
            *("poblacion beneficiaria", "beneficiarios", "publico objetivo", "grupos de interes", "usuarios"),
        ),
        "poblacion beneficiarios",
    ),
    Column(
        "summary",
        "Resumen del proyecto",
        (
            *("resumen", "resumen de la practica", "resumen de la buena practica", "resumen ejecutivo"),
            *("descripcion", "descripcion de la practica", "descripcion del proyecto", "descripcion de la iniciativa"),
        ),
        "resumen",
    ),
    Column(
        "impact",
        "Impacto generado",
        ("impacto", "impactos", "resultados", "resultados obtenidos", "impacto y resultados", "logros", "beneficios"),
        "impacto resultado",
    ),
    Column(
        "success_factors",
        "Factores de éxito",
        ("factores clave de exito", "factores criticos de exito", "factor de exito", "claves del exito"),
        "exito",
        several=True,
    ),
    Column(
        "coverage",
        "Cobertura geográfica",
        ("cobertura", "ubicacion", "ubicacion geografica", "lugar", "departamento y municipio", "alcance geografico"),
        "cobertura ubicacion",
    ),
    Column(
        "validation",
        "Validación",
        ("validacion de la practica", "validacion con los usuarios", "como se valido", "verificacion"),
        "validacion",
    ),
    Column(
        "replicability",
        "Posibilidad de réplica",
        ("replica", "replicabilidad", "posibilidades de replica", "potencial de replica", "replicable", "replicacion"),
        "replica replicabilidad",
    ),
    Column(
        "limitations",
        "Limitaciones",
        ("limitacion", "limitantes", "dificultades", "obstaculos", "retos", "limitaciones y dificultades"),
        "limitaciones limitantes",
    ),
    Column("conclusion", "Conclusión", ("conclusiones", "conclusiones y recomendaciones"), "conclusion"),
    Column(
        "criteria", "Criterios", ("criterios de evaluacion", "criterios para la identificacion de buenas practicas")
    ),
    Column(
        "attachments",
        "Archivos",
        ("archivo", "anexos", "anexo", "adjuntos", "adjunto", "documentos", "soportes", "archivos adjuntos"),
        "archivo anexo adjunto",
        several=True,
    ),
    Column(
        "links",
        "Enlaces",
        ("enlace", "links", "link", "vinculos", "url", "urls", "pagina web", "sitio web", "enlaces de interes", "web"),
        "enlace vinculo",
        several=True,
    ),
    Column(
        "contact",
        "Contacto",
        ("contactos", "datos de contacto", "informacion de contacto", "persona de contacto", "responsable"),
        "contacto",
        several=True,
    ),
    Column(
        "contact.name", "Nombre del contacto", ("nombre de contacto", "nombre del responsable", "nombre y apellido")
    ),
    Column("contact.role", "Cargo", ("cargo del contacto", "cargo del responsable", "rol", "puesto del contacto")),
    Column(
        "contact.email",
        "Correo electrónico",
        ("correo", "e mail", "email", "mail", "correo de contacto", "correo electronico de contacto"),
        "correo email",
    ),
    Column(
        "contact.phone",
        "Teléfono",
        ("telefono de contacto", "celular", "movil", "tel", "telefonos", "numero de contacto", "telefono o celular"),
        "telefono celular",
    ),
)

BY_FIELD = {column.field: column for column in COLUMNS}

STATES = {
    "met": ("Cumple", ("si cumple", "si", "cumplido", "cumple totalmente", "cumple plenamente")),
    "partly": (
        "Cumple parcialmente",
        ("parcial", "parcialmente", "cumple en parte", "en parte", "cumple parcial", "cumplimiento parcial"),
    ),
    "not_met": ("No cumple", ("no", "incumple", "no cumplido")),
    "not_assessed": ("Sin evaluar", ("no evaluado", "no se evaluo", "sin evaluacion", "pendiente", "por evaluar")),
}
"""From the state of an assessment to its name on a form, and other ways of saying it."""

CRITERION, REASON = "Criterio", "razón"
"""A column of a criterion is headed “Criterio: Eficaz”, and the one of its reason “Criterio: Eficaz (razón)”."""

EXAMPLE = "EJEMPLO"
"""How the code of a row begins that only shows how to fill in the others; no code of a practice does."""

PROBLEMS = "Errores"
"""The last column of a spreadsheet that comes back from an import; read again, it is not asked for."""
LISTS_SHEET = "Listas"
"""The hidden sheet of the template that its drop-downs take their values from."""

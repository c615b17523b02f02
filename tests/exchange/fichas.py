"""Fichas in Word in many layouts, all of the same practice, for the tests of the reader."""

from collections.abc import Callable, Iterable
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIELDS = [
    ("Título", "Lectura de medidores por las juntas de acción comunal"),
    ("Código", "BP-EJEMPLO-SSPD-041-2022"),
    ("Autor de la buena práctica", "ACUEDUCTO VEREDAL LA ESPERANZA E.S.P."),
    ("Fecha de implementación", "Primer semestre de 2022"),
    ("Categoría", "1. Funcionamiento de las oficinas presenciales o virtuales de atención"),
    ("Población objeto o partes interesadas", "Suscriptores rurales de tres veredas."),
    ("Resumen del proyecto", "Vecinos capacitados leen los medidores.\n\nLa empresa revisa una muestra cada mes."),
    (
        "Impacto generado",
        "Antes se estimaba.\n\n• 1.240 medidores leídos cada mes.\n• 35 % menos reclamos.",
    ),
    ("Factores de éxito", "• Lectores elegidos por la junta.\n• Planillas sencillas."),
    ("Cobertura geográfica", "Caldas – Manizales"),
    ("Validación", "La asamblea de usuarios aprobó el informe."),
    ("Posibilidad de réplica", "Otras empresas rurales pueden hacerlo."),
    ("Limitaciones", "Hay veredas sin señal."),
    ("Conclusión", "Leer con los vecinos dio confianza."),
    ("Enlaces", "▪ https://example.org/informe\n▪ https://example.org/video"),
    ("Contacto", "Jefatura comercial\ncomercial@example.org"),
]
FOLDER = Path(__file__).parents[2] / "fixtures" / "records"
Fields = Iterable[tuple[str, str]]


def write(cell_or_document, text: str) -> None:
    """Each paragraph of a text as one, bullets as characters."""
    for number, part in enumerate(text.split("\n\n")):
        if number == 0 and hasattr(cell_or_document, "merge"):
            cell_or_document.paragraphs[0].text = part
        else:
            cell_or_document.add_paragraph(part)


def two_columns(fields: Fields):
    document = Document()
    document.add_heading("Ficha de buena práctica", 1)
    table = document.add_table(rows=0, cols=2)
    for label, text in fields:
        cells = table.add_row().cells
        cells[0].text = label
        write(cells[1], text)
    return document


def relabelled(change: Callable[[str], str]):
    return lambda fields: two_columns((change(label), text) for label, text in fields)


def one_table_a_field(fields: Fields):
    document = Document()
    for label, text in fields:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = label
        write(table.cell(0, 1), text)
        document.add_paragraph()
    return document


def label_above_value(fields: Fields):
    document = Document()
    for label, text in fields:
        table = document.add_table(rows=2, cols=1)
        table.cell(0, 0).paragraphs[0].add_run(label).bold = True
        write(table.cell(1, 0), text)
        document.add_paragraph()
    return document


def label_in_the_cell(fields: Fields):
    document = Document()
    table = document.add_table(rows=0, cols=1)
    for label, text in fields:
        first, *rest = text.split("\n\n")
        cell = table.add_row().cells[0]
        cell.text = f"{label}: {first}"
        for part in rest:
            cell.add_paragraph(part)
    return document


def four_columns(fields: Fields):
    """Two fields beside each other in a row, as forms made to save space."""
    document = Document()
    pairs = list(fields)
    table = document.add_table(rows=0, cols=4)
    for start in range(0, len(pairs), 2):
        cells = table.add_row().cells
        for place, (label, text) in enumerate(pairs[start : start + 2]):
            cells[2 * place].text = label
            write(cells[2 * place + 1], text)
    return document


def merged_wide(fields: Fields):
    """Three columns, the value over two of them, and a title over all."""
    document = Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "FICHA DE BUENA PRÁCTICA"
    for label, text in fields:
        cells = table.add_row().cells
        cells[0].text = label
        write(cells[1].merge(cells[2]), text)
    return document


def headings(fields: Fields):
    document = Document()
    document.add_heading("Ficha de buena práctica", 0)
    for label, text in fields:
        document.add_heading(label, 2)
        write(document, text)
    return document


def bold_lines(fields: Fields):
    document = Document()
    for label, text in fields:
        document.add_paragraph().add_run(f"{label}:").bold = True
        write(document, text)
    return document


def capital_lines(fields: Fields):
    document = Document()
    for label, text in fields:
        document.add_paragraph(f"{label.upper()}:")
        write(document, text)
    return document


def label_and_text_in_a_line(fields: Fields):
    document = Document()
    for label, text in fields:
        first, *rest = text.split("\n\n")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(first)
        for part in rest:
            document.add_paragraph(part)
    return document


def word_lists(fields: Fields):
    """Bullets as Word's own lists, which hold no character."""
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for label, text in fields:
        cells = table.add_row().cells
        cells[0].text = label
        for part in text.split("\n\n"):
            for line in part.split("\n"):
                style = "List Bullet" if line[0] in "•▪" else None
                cells[1].add_paragraph(line.lstrip("•▪ "), style=style)
    return document


def numbered_rows(fields: Fields):
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for number, (label, text) in enumerate([("Campo", "Contenido"), *fields]):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number) if number else "N.º", label
        write(cells[2], text)
    return document


def label_row_above_values(fields: Fields):
    """The first fields as the columns of a table, the others under headings."""
    document = Document()
    fields = list(fields)
    table = document.add_table(rows=2, cols=4)
    for place, (label, text) in enumerate(fields[:4]):
        table.cell(0, place).text, table.cell(1, place).text = label, text
    for label, text in fields[4:]:
        document.add_heading(label, 1)
        write(document, text)
    return document


def plain_lines(fields: Fields):
    """No formatting at all: a label alone in its line, the text below it."""
    document = Document()
    for label, text in fields:
        document.add_paragraph(label)
        write(document, text)
    return document


def in_parts(fields: Fields):
    """Rows across the table that only name its parts."""
    document = two_columns(fields)
    table = document.tables[0]
    for after, text in ((5, "II. DETALLE"), (12, "III. CIERRE")):
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = text
        table.rows[after]._tr.addnext(table.rows[-1]._tr)
    return document


def title_again(fields: Fields):
    fields = list(fields)
    return two_columns([*fields[:9], fields[0], *fields[9:]])


def other_order(fields: Fields):
    return two_columns(reversed(list(fields)))


def split_by_a_page(fields: Fields):
    """The row of the summary goes on after a page break: its label is empty there."""
    rows = []
    for label, text in fields:
        first, *rest = text.split("\n\n") if label.startswith("Resumen") else [text]
        rows += [(label, first), *(("", part) for part in rest)]
    return two_columns(rows)


def behind_a_cover(fields: Fields):
    document = two_columns(fields)
    first = document.paragraphs[0]
    for text in ("Superintendencia de ejemplo", "Informe de 2022"):
        first.insert_paragraph_before(text)
    return document


def in_content_controls(fields: Fields):
    """Each value in a content control, as forms made with Word's developer tools."""
    document = two_columns(fields)
    for row in document.tables[0].rows:
        for paragraph in list(row.cells[1]._tc.iter(qn("w:p"))):
            control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            paragraph.addprevious(control)
            control.append(content)
            content.append(paragraph)
    return document


def hyperlink(paragraph, text: str, address: str) -> None:
    relation = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link, run, said = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    link.set(qn("r:id"), relation)
    said.text = text
    run.append(said)
    link.append(run)
    paragraph._p.append(link)


ABBREVIATED = {
    "Fecha de implementación": "Fec. implementación",
    "Población objeto o partes interesadas": "Pob. objeto",
    "Cobertura geográfica": "Cob. geográfica",
    "Posibilidad de réplica": "Posib. de réplica",
}
REWORDED = {
    "Título": "Nombre de la buena práctica",
    "Autor de la buena práctica": "Empresa prestadora",
    "Fecha de implementación": "Periodo de implementación",
    "Población objeto o partes interesadas": "Población beneficiada",
    "Resumen del proyecto": "Descripción de la iniciativa",
    "Impacto generado": "Resultados obtenidos",
    "Factores de éxito": "Factores clave de éxito",
    "Cobertura geográfica": "Ubicación geográfica",
    "Posibilidad de réplica": "Replicabilidad",
    "Conclusión": "Conclusiones",
    "Enlaces": "Links",
    "Contacto": "Datos de contacto",
}

LAYOUTS = {
    "two columns": two_columns,
    "capitals": relabelled(str.upper),
    "no accents": relabelled(lambda label: label.translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU"))),
    "colon": relabelled(lambda label: f"{label} :"),
    "numbered": relabelled(lambda label: f"3.1. {label}"),
    "hint in brackets": relabelled(lambda label: f"{label} (máximo 300 palabras)"),
    "hint below": relabelled(lambda label: f"{label}\nEscriba aquí lo que corresponda."),
    "abbreviated": relabelled(lambda label: ABBREVIATED.get(label, label)),
    "reworded": relabelled(lambda label: REWORDED.get(label, label)),
    "one table a field": one_table_a_field,
    "label above value": label_above_value,
    "label in the cell": label_in_the_cell,
    "four columns": four_columns,
    "merged cells": merged_wide,
    "headings": headings,
    "bold lines": bold_lines,
    "capital lines": capital_lines,
    "label and text in a line": label_and_text_in_a_line,
    "lists of Word": word_lists,
    "numbered rows": numbered_rows,
    "label row above values": label_row_above_values,
    "plain lines": plain_lines,
    "in parts": in_parts,
    "title again": title_again,
    "other order": other_order,
    "split by a page": split_by_a_page,
    "behind a cover": behind_a_cover,
    "content controls": in_content_controls,
}

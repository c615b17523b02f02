from collections import Counter

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from practices.browse import Selection
from practices.browse.parameters import FACETS, ORDERS
from practices.browse.terms import terms_of
from practices.document import Assessment, Call, Category, Coverage, Implementation, Place, Service
from practices.editorial.publishing import withdraw
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion, Department, Municipality
from tests.factories import attached, author, caldas_and_manizales, practice, published, rich_document

pytestmark = pytest.mark.django_db

ENERGY = Service("energia", "Energía eléctrica")
BILLING = Category("facturacion", "Facturación", 2)
NATIONAL = Coverage("Nacional", national=True)


@pytest.fixture(scope="module")
def collection(module_database):
    """Four practices: enough for every facet to have two values."""
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    met = (Assessment("eficaz", "Eficaz", "minimum", "met"),)
    partly = (Assessment("eficaz", "Eficaz", "minimum", "partly"),)
    call = Call("premio", "Premio", 2020)
    published(rich_document(1, title="Zaguán", coverage=caldas_and_manizales(), criteria=met, call=call))
    published(
        rich_document(2, title="Árbol", category=BILLING, implemented=Implementation("2019 - 2021", "2019", "2021"))
    )
    file = attached(b"%PDF-")
    published(
        rich_document(3, title="Buzón", services=(ENERGY,), coverage=NATIONAL, criteria=partly, attachments=file)
    )
    published(
        rich_document(
            4,
            title="Ñame",
            category=None,
            authors=(author("Otra S.A."),),
            implemented=Implementation("Desde 2007", "2007"),
            distinction="Mención de honor",
            metrics=(),
        )
    )
    published(rich_document(5, title="Retirada"))
    withdraw(Publication.objects.get(code__contains="-005-").practice, "Motivo")
    practice(rich_document(6, title="Borrador", authors=(author("Sólo en borrador S.A."),)))


def select(query: str) -> Selection:
    return Selection.from_query(QueryDict(query))


def titles(query: str) -> list[str]:
    return [p.title for p in select(query).publications()]


def counts(query: str, name: str) -> dict[str, int]:
    return {v.value: v.count for group in select(query).facets if group.name == name for v in group.values}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("orden=titulo", ["Árbol", "Buzón", "Ñame", "Zaguán"]),
        ("orden=fecha", ["Buzón", "Zaguán", "Árbol", "Ñame"]),
        ("orden=nada", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("categoria=oficinas", ["Buzón", "Zaguán"]),
        ("categoria=oficinas&categoria=facturacion", ["Buzón", "Árbol", "Zaguán"]),
        ("categoria=oficinas&servicio=acueducto", ["Zaguán"]),
        ("departamento=nacional", ["Buzón"]),
        ("municipio=17001", ["Ñame", "Árbol", "Zaguán"]),
        ("anio=2020", ["Buzón", "Árbol", "Zaguán"]),
        ("anio=2007", ["Ñame"]),
        ("anio=2008", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("autor=otra", ["Ñame"]),
        ("criterio=eficaz", ["Zaguán"]),
        ("convocatoria=premio", ["Zaguán"]),
        ("distincion=mencion-de-honor", ["Ñame"]),
        ("indicadores=si", ["Buzón", "Árbol", "Zaguán"]),
        ("archivos=si", ["Buzón"]),
        ("archivos=si&archivos=no&indicadores=si", ["Buzón"]),
        ("archivos=no", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("departamento=17", ["Ñame", "Árbol", "Zaguán"]),
        ("departamento=17&nacionales=si", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("departamento=17&nacionales=no", ["Ñame", "Árbol", "Zaguán"]),
        ("nacionales=si", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("categoria=nope&categoria=facturacion", ["Árbol"]),
        ("categoria=nope", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("autor=solo-borrador", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("q=arbol", ["Árbol"]),
        ("q=arbol&anio=2007", []),
        ("q=%00", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("q=pr%C3%A1ctica%09arbol", ["Árbol"]),
        ("q=arbol%09facturacion", ["Árbol"]),
        ("q=el+la+de", ["Ñame", "Buzón", "Árbol", "Zaguán"]),
        ("q=arbol" + "+" * 9000, ["Árbol"]),
    ],
)
def test_selection_gives_these_in_this_order(collection, query, found):
    assert titles(query) == found


def test_facets_are_those_of_current_publications_only(collection):
    assert {group.name: {v.value for v in group.values} for group in select("").facets} == {
        "categoria": {"oficinas", "facturacion"},
        "servicio": {"acueducto", "energia"},
        "departamento": {"17", "nacional"},
        "municipio": {"17001"},
        "anio": {"2007", "2019", "2020", "2021"},
        "autor": {"aguas-prueba", "otra"},
        "convocatoria": {"premio"},
        "distincion": {"mencion-de-honor"},
        "criterio": {"eficaz"},
        "indicadores": {"si"},
        "archivos": {"si"},
    }


def test_count_of_a_facet_ignores_its_own_choice(collection):
    assert counts("categoria=oficinas", "categoria") == {"oficinas": 2, "facturacion": 1}
    assert counts("categoria=oficinas", "servicio") == {"acueducto": 1, "energia": 1}
    assert counts("categoria=oficinas&servicio=energia", "categoria") == {"oficinas": 1}


def test_chosen_value_that_gives_nothing_stays_to_be_taken_back(collection):
    assert counts("autor=otra&categoria=facturacion", "autor") == {"otra": 0, "aguas-prueba": 1}


def test_national_practices_count_in_every_department_where_that_is_asked(collection):
    assert counts("", "departamento") == {"17": 3, "nacional": 1}
    assert counts("nacionales=si", "departamento") == {"17": 4, "nacional": 1}
    assert counts("nacionales=si&servicio=acueducto", "departamento") == {"17": 3}
    assert (select("").national, select("servicio=acueducto").national) == (1, 0)
    assert counts("departamento=17&nacionales=si", "servicio") == {"acueducto": 3, "energia": 1}


def test_values_that_the_choice_elsewhere_exhausts_are_known(collection):
    groups = {group.name: group for group in select("autor=otra").facets}
    assert [(v.value, v.count) for v in groups["categoria"].exhausted] == [("oficinas", 0), ("facturacion", 0)]
    assert [(v.value, v.count) for v in groups["autor"].exhausted] == []


def test_municipalities_of_one_name_are_told_apart_by_their_department(collection):
    published(rich_document(7, coverage=villanueva("85", "Casanare")))
    assert labels("municipio") == {"Manizales", "Villanueva"}
    published(rich_document(8, coverage=villanueva("68", "Santander")))
    assert labels("municipio") == {"Manizales", "Villanueva (Casanare)", "Villanueva (Santander)"}


def villanueva(department: str, name: str) -> Coverage:
    Department.objects.create(code=department, name=name)
    Municipality.objects.create(code=f"{department}001", name="Villanueva", department_id=department)
    place = Place(f"{department}001", "Villanueva", department)
    return Coverage("Villanueva", departments=(Place(department, name),), municipalities=(place,))


def labels(name: str) -> set[str]:
    return {v.label for group in select("").facets if group.name == name for v in group.values}


queries = st.lists(
    st.tuples(
        st.sampled_from([*FACETS, "q", "orden", "nacionales"]),
        st.sampled_from(
            [
                "oficinas",
                "facturacion",
                "acueducto",
                "energia",
                "17",
                "nacional",
                "17001",
                "2020",
                "2007",
                "otra",
                "eficaz",
                "aguas-prueba",
                "nope",
                "practica",
                "si",
                "premio",
                "mencion-de-honor",
                *ORDERS,
            ]
        ),
    ),
    max_size=5,
)


@given(queries)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_count_is_what_brute_force_counts(collection, pairs):
    """For each facet: the documents that pass all other choices, counted one by one."""
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    selection = Selection.from_query(query)
    chosen = {group.name: {v.value for v in group.selected} for group in selection.facets}
    for group in selection.facets:
        passing = []
        for publication in Selection.from_query({"q": selection.text}).publications():
            carried = {name: set() for name in FACETS}
            for term in terms_of(publication.content):
                carried[next(n for n, f in FACETS.items() if f == term.facet)].add(term.value)
            if selection.with_national and "nacional" in carried["departamento"]:
                carried["departamento"].add("17")
            if all(not chosen[n] or chosen[n] & carried[n] for n in FACETS if n != group.name):
                passing.append(carried[group.name])
        expected = Counter(value for carried in passing for value in carried)
        assert {v.value: v.count for v in group.values if v.count} == dict(expected)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("nacionales=si&en_autor=otra&departamento=17", "departamento=17&nacionales=si"),
        ("archivos=si&indicadores=si&distincion=a&nacionales=1", "indicadores=si&archivos=si"),
        ("servicio=energia&categoria=oficinas", "categoria=oficinas&servicio=energia"),
        ("categoria=oficinas&categoria=facturacion", "categoria=facturacion&categoria=oficinas"),
        ("categoria=oficinas&categoria=oficinas&categoria=nope&x=1", "categoria=oficinas"),
        ("q=++dos++palabras+", "q=dos+palabras"),
        ("q=dos%09palabras%C2%A0m%C3%A1s%00", "q=dos+palabras+m%C3%A1s"),
        ("q=&orden=recientes&pagina=1", ""),
        ("q=dos&orden=relevancia", "q=dos"),
        ("orden=titulo", "orden=titulo"),
    ],
)
def test_query_string_is_canonical(collection, query, canonical):
    assert select(query).query_string() == canonical


def test_each_choice_is_removable_by_itself(collection):
    selection = select("q=dos&categoria=oficinas&anio=2020&orden=titulo")
    assert [(c.name, c.label, c.without) for c in selection.chosen] == [
        ("q", "dos", "categoria=oficinas&anio=2020&orden=titulo"),
        ("categoria", "1. Funcionamiento de las oficinas", "q=dos&anio=2020&orden=titulo"),
        ("anio", "2020", "q=dos&categoria=oficinas&orden=titulo"),
    ]


@pytest.mark.parametrize(
    ("language", "query", "said"),
    [
        ("es-co", "", "4 prácticas"),
        ("es-co", "autor=otra", "1 práctica de Otra S.A."),
        (
            "es-co",
            "q=agua&departamento=17&departamento=nacional",
            "2.350 prácticas sobre «agua» en Caldas o de alcance nacional",
        ),
        ("es-co", "departamento=17&nacionales=si", "4 prácticas en Caldas o de alcance nacional"),
        ("es-co", "departamento=nacional", "1 práctica de alcance nacional"),
        (
            "es-co",
            "servicio=acueducto&departamento=17&municipio=17001&anio=2019&anio=2020&anio=2021",
            "12 prácticas de acueducto en Manizales, en Caldas, 2019 – 2021",
        ),
        (
            "es-co",
            "servicio=energia&servicio=acueducto&anio=2007&anio=2020&indicadores=si&archivos=si",
            "12 prácticas de acueducto o energía eléctrica, 2007 o 2020, con cifras del impacto, con archivos",
        ),
        (
            "en",
            "categoria=facturacion&convocatoria=premio&distincion=mencion-de-honor&criterio=eficaz",
            "12 practices, category 2. Facturación, call Premio (2020), distinction Mención de honor, "
            "criterion met: Eficaz",
        ),
        ("en", "q=agua", "1 practice about “agua”"),
        ("es-co", "q=el+la+de", "4 prácticas"),
    ],
)
def test_sentence_says_the_selection(collection, language, query, said):
    count = int(said.split()[0].replace(".", ""))
    with override(language):
        assert select(query).sentence(count) == said


@example("0 \ud7fc\r0", "q")
@given(st.text(max_size=300), st.sampled_from([*FACETS, "q", "orden", "pagina", "tamano", "vista"]))
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_never_an_error(collection, typed, name):
    query = QueryDict(mutable=True)
    query.appendlist(name, typed)
    selection = Selection.from_query(query)
    assert selection.publications().count() <= 4
    assert select(selection.query_string()).query_string() == selection.query_string()


@pytest.mark.django_db(transaction=True)
def test_selection_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    """The catalogue version, and the publications of the page; what was published since is read once."""
    for number in (1, 2, 3):
        published(rich_document(number))
        with django_assert_num_queries(5):
            list(select("categoria=oficinas").publications())
        for _repeat in range(2):
            with django_assert_num_queries(2):
                selection = select("categoria=oficinas")
                assert (len(selection.publications()[:20]), len(selection.facets)) == (number, len(FACETS))


@pytest.mark.django_db(transaction=True)
def test_publication_is_seen_by_the_very_next_selection_and_a_withdrawn_one_by_none():
    first = published(rich_document(1))
    assert titles("q=practica") == ["Práctica 1"]
    published(rich_document(2))
    assert titles("q=practica") == titles("categoria=oficinas") == ["Práctica 2", "Práctica 1"]
    withdraw(first.practice, "Motivo")
    assert titles("q=practica") == titles("categoria=oficinas") == ["Práctica 2"]
    assert counts("", "categoria") == {"oficinas": 1}


@pytest.mark.django_db(transaction=True)
def test_publication_that_is_rolled_back_is_never_seen():
    published(rich_document(1))
    assert titles("q=practica") == ["Práctica 1"]
    with transaction.atomic():
        published(rich_document(2))
        assert titles("q=practica") == ["Práctica 2", "Práctica 1"]
        transaction.set_rollback(True)
    assert titles("q=practica") == titles("") == ["Práctica 1"]
    published(rich_document(3))
    assert titles("q=practica") == titles("") == ["Práctica 3", "Práctica 1"]


@pytest.mark.parametrize(
    "query", ["", "departamento=17", "departamento=17&departamento=05", "q=hizo&anio=2020&orden=titulo", "tamano=50"]
)
def test_values_are_toggled_together_as_one_by_one(collection, query):
    selection = select(query)
    for name, values in (
        ("departamento", ("05", "17", "nacional")),
        ("anio", ("2020",)),
        ("categoria", ("oficinas",)),
    ):
        toggled = selection.toggling(name)
        assert [toggled(value) for value in values] == [selection.toggled(name, value) for value in values]

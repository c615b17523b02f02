"""One person, however the name is written, and nobody else."""

import pytest

from practices.upkeep.person import Person, TooShort


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Ana Pérez", "Carta de ANA PEREZ, 3 de mayo"),
        ("Ana Perez", "ana  pérez"),
        ("Pérez, Ana", "Perez Ana"),
        ("Ñandú Güell", "ñandu guell"),
        ("ana@ejemplo.org", "Escríbale a <Ana@Ejemplo.org>."),
        ("Ana Pérez", '{"name":"Ana Pe\u0301rez"}'),
    ],
)
def test_a_person_is_known_in_any_spelling(given, text):
    person = Person(given)
    assert (person.is_in(text), person.is_in(person.hidden_in(text))) == (True, False)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Ana Pérez", "Mariana Pérez"),
        ("Ana Pérez", "Ana Perezoso"),
        ("Ana Pérez", "Ana y Luis Pérez"),
        ("ana@ejemplo.org", "mariana@ejemplo.org"),
        ("Ana Pérez", '{"name":"Ana","role":"Pérez"}'),
    ],
)
def test_others_are_left_alone(given, text):
    person = Person(given)
    assert (person.is_in(text), person.hidden_in(text)) == (False, text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Llamar a Ana Pérez hoy", "Llamar a *** hoy"),
        ("ANA PÉREZ y ana perez", "*** y ***"),
        ("ﬁn: Ana Pérez.", "ﬁn: ***."),
    ],
)
def test_only_the_person_is_taken_out_of_a_text(text, left):
    assert Person("ana perez").hidden_in(text) == left


@pytest.mark.parametrize("given", ["", "Ana", "a b", "@", "%", "a@b", "   "])
def test_what_would_fit_many_is_refused(given):
    with pytest.raises(TooShort):
        Person(given)

import pytest

from practices.language.opening import opening

TEXT = "Se instalaron medidores. La empresa Aguas S.A. E.S.P. los pagó. ¿Funcionó? Sí."


@pytest.mark.parametrize(
    ("length", "kept"),
    [
        (200, TEXT),
        (74, "Se instalaron medidores. La empresa Aguas S.A. E.S.P. los pagó. ¿Funcionó?"),
        (70, "Se instalaron medidores. La empresa Aguas S.A. E.S.P. los pagó."),
        (53, "Se instalaron medidores."),
        (20, "Se instalaron…"),
        (0, ""),
    ],
)
def test_whole_sentences_are_kept_while_they_fit(length, kept):
    assert opening(TEXT, length) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("El Dr. Pérez y el Ing. Ruiz vinieron. Luego se fueron.", "El Dr. Pérez y el Ing. Ruiz vinieron."),
        ("Véase el Art. 15 de la ley. Luego se fueron de allí.", "Véase el Art. 15 de la ley."),
        ("Dijo «ya está.» Luego se fueron todos de allí juntos.", "Dijo «ya está.»"),
        ("• Uno\n• Dos", "Uno Dos"),
        ("", ""),
        ("3.500 usuarios atendidos. Y otros que vinieron después.", "3.500 usuarios atendidos."),
    ],
)
def test_a_sentence_does_not_end_at_an_abbreviation(text, kept):
    assert opening(text, 40) == kept

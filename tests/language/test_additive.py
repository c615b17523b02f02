from decimal import Decimal

import pytest

from practices.language.additive import Addend, addend


@pytest.mark.parametrize(
    ("unit", "said", "expected"),
    [
        ("usuarios", "usuarios atendidos", Addend("usuarios")),
        ("usuario", "usuario atendido", Addend("usuarios")),
        ("Peticiones", "peticiones resueltas", Addend("peticiones")),
        ("niños", "niños en talleres", Addend("niños")),
        ("ha", "hectáreas sembradas", Addend("ha")),
        ("hectárea", "hectárea sembrada", Addend("ha")),
        ("m³", "Ahorro de 300 m³", Addend("m³", "ahorro o reducción")),
        ("litros", "Se ahorraron 300 litros", Addend("m³", "ahorro o reducción", Decimal("0.001"))),
        ("GWh", "Generación de 2 GWh", Addend("kWh", "generación o aprovechamiento", Decimal(1_000_000))),
        ("toneladas", "toneladas de residuos aprovechados", Addend("toneladas", "generación o aprovechamiento")),
        ("toneladas", "toneladas de CO2 evitadas", Addend("toneladas de CO₂", "ahorro o reducción")),
        ("COP", "Inversión de $ 40 millones", Addend("COP", "inversión")),
        ("COP", "Gasto que se evita", Addend("COP", "ahorro o reducción")),
    ],
)
def test_quantity_that_adds_up_says_in_what(unit, said, expected):
    assert addend(unit, said) == expected


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("%", "usuarios satisfechos"),
        ("", "satisfacción"),
        ("de", "satisfacción"),
        ("días", "tiempo de respuesta"),
        ("puntos", "índice de satisfacción"),
        ("municipios", "municipios con servicio"),
        ("kWh al año", "ahorro"),
        ("usuarios", "usuarios por mes"),
        ("usuarios", "promedio de usuarios"),
        ("peticiones", "peticiones mensuales"),
        ("COP", "Gasto que se evita al mes por hogar"),
        # What was done is not said: saved, spent and raised do not add up.
        ("COP", "$ 500.000"),
        ("m3", "300 m3 de agua"),
        ("usuarios" * 1000, "usuarios"),
    ],
)
def test_share_time_rate_and_unsure_quantity_do_not_add_up(unit, said):
    assert addend(unit, said) is None

"""What the bullet lines of an impact text are read as, and what stays text."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.metrics import MAX_LENGTH, MAX_TOTAL, MetricReading, read_metric, read_metrics


def _reading(text, label, value, unit, baseline=None, period=""):
    return MetricReading(text, label, Decimal(value), unit, baseline, period)


READ = [
    (
        "355 peticiones resueltas a través de página web.",
        _reading(
            "355 peticiones resueltas a través de página web.",
            "peticiones resueltas a través de página web",
            "355",
            "peticiones",
        ),
    ),
    (
        "949 requerimientos tramitados a través del Call Center.",
        _reading(
            "949 requerimientos tramitados a través del Call Center.",
            "requerimientos tramitados a través del Call Center",
            "949",
            "requerimientos",
        ),
    ),
    (
        "5 días de tiempo promedio de respuesta.",
        _reading("5 días de tiempo promedio de respuesta.", "tiempo promedio de respuesta", "5", "días"),
    ),
    ("98,5 % de satisfacción", _reading("98,5 % de satisfacción", "satisfacción", "98.5", "%")),
    (
        "95,62% de cobertura rural en Santander.",
        _reading("95,62% de cobertura rural en Santander.", "cobertura rural en Santander", "95.62", "%"),
    ),
    ("$5.487 millones invertidos.", _reading("$5.487 millones invertidos.", "invertidos", "5487000000", "COP")),
    (
        "$1,9 billones desembolsados.",
        _reading("$1,9 billones desembolsados.", "desembolsados", "1900000000000", "COP"),
    ),
    (
        "$ 600.000 millones destinados en 2025 al acueducto, de un presupuesto de inversión de $ 4,5 billones.",
        _reading(
            "$ 600.000 millones destinados en 2025 al acueducto, de un presupuesto de inversión de $ 4,5 billones.",
            "destinados en 2025 al acueducto",
            "600000000000",
            "COP",
        ),
    ),
    (
        "Más de $136.000 millones invertidos.",
        _reading("Más de $136.000 millones invertidos.", "invertidos", "136000000000", "COP"),
    ),
    (
        "1.160 viviendas electrificadas en 30 municipios.",
        _reading(
            "1.160 viviendas electrificadas en 30 municipios.",
            "viviendas electrificadas en 30 municipios",
            "1160",
            "viviendas",
        ),
    ),
    (
        "1.272 personas de 40 municipios en las socializaciones.",
        _reading(
            "1.272 personas de 40 municipios en las socializaciones.",
            "personas de 40 municipios en las socializaciones",
            "1272",
            "personas",
        ),
    ),
    (
        "Duración de las interrupciones: de 22 a 11 horas al año.",
        _reading(
            "Duración de las interrupciones: de 22 a 11 horas al año.",
            "Duración de las interrupciones",
            "11",
            "horas al año",
            baseline=Decimal("22"),
        ),
    ),
    (
        "Frecuencia: de 21 a 8 veces al año.",
        _reading("Frecuencia: de 21 a 8 veces al año.", "Frecuencia", "8", "veces al año", baseline=Decimal("21")),
    ),
    (
        "De 1.560 toneladas registradas a 16.500 toneladas en 10 meses tras la formalización.",
        _reading(
            "De 1.560 toneladas registradas a 16.500 toneladas en 10 meses tras la formalización.",
            "toneladas registradas",
            "16500",
            "toneladas",
            baseline=Decimal("1560"),
            period="en 10 meses",
        ),
    ),
    (
        "Gasto que se evita: alrededor de $ 40.000 al mes por hogar",
        _reading(
            "Gasto que se evita: alrededor de $ 40.000 al mes por hogar",
            "Gasto que se evita al mes por hogar",
            "40000",
            "COP",
        ),
    ),
    (
        "• Gasto que se evita: alrededor de $ 40.000 al mes por hogar en compra de agua.",
        _reading(
            "Gasto que se evita: alrededor de $ 40.000 al mes por hogar en compra de agua.",
            "Gasto que se evita al mes por hogar en compra de agua",
            "40000",
            "COP",
        ),
    ),
    (
        "▪ 13 puntos instalados, uno por cada 30 mil habitantes",
        _reading("13 puntos instalados, uno por cada 30 mil habitantes", "puntos instalados", "13", "puntos"),
    ),
    (
        "$11.900.000 costó el del sector de El Cable",
        _reading("$11.900.000 costó el del sector de El Cable", "costó el del sector de El Cable", "11900000", "COP"),
    ),
    (
        "2 millones de créditos otorgados en diez años.",
        _reading(
            "2 millones de créditos otorgados en diez años.",
            "créditos otorgados",
            "2000000",
            "créditos",
            period="en diez años",
        ),
    ),
    (
        "Más de 89.000 hogares conectados en el país desde 2019.",
        _reading(
            "Más de 89.000 hogares conectados en el país desde 2019.",
            "hogares conectados en el país",
            "89000",
            "hogares",
            period="desde 2019",
        ),
    ),
    (
        "1,5% de cartera vencida mayor de 60 días (corte anterior).",
        _reading(
            "1,5% de cartera vencida mayor de 60 días (corte anterior).",
            "cartera vencida mayor de 60 días",
            "1.5",
            "%",
            period="corte anterior",
        ),
    ),
    (
        "• 4 puntos de atención adecuados con criterios de accesibilidad universal.",
        _reading(
            "4 puntos de atención adecuados con criterios de accesibilidad universal.",
            "puntos de atención adecuados con criterios de accesibilidad universal",
            "4",
            "puntos",
        ),
    ),
    (
        "• 25 minutos de trámite por organización.",
        _reading("25 minutos de trámite por organización.", "trámite por organización", "25", "minutos"),
    ),
    (
        "• 44,23 kilómetros de red abierta reemplazada.",
        _reading("44,23 kilómetros de red abierta reemplazada.", "red abierta reemplazada", "44.23", "kilómetros"),
    ),
    (
        "99,48 % de continuidad del servicio.",
        _reading("99,48 % de continuidad del servicio.", "continuidad del servicio", "99.48", "%"),
    ),
    (
        "Línea 116: 3.500 llamadas atendidas",
        _reading("Línea 116: 3.500 llamadas atendidas", "Línea 116: llamadas atendidas", "3500", "llamadas"),
    ),
    (
        "2.350 usuarios atendidos entre el 16 de marzo y el 31 de mayo de 2020.",
        _reading(
            "2.350 usuarios atendidos entre el 16 de marzo y el 31 de mayo de 2020.",
            "usuarios atendidos",
            "2350",
            "usuarios",
            period="entre el 16 de marzo y el 31 de mayo de 2020",
        ),
    ),
    (
        "SAIDI: de 38,6 a 21,4 horas al año entre 2019 y 2022.",
        _reading(
            "SAIDI: de 38,6 a 21,4 horas al año entre 2019 y 2022.",
            "SAIDI",
            "21.4",
            "horas al año",
            baseline=Decimal("38.6"),
            period="entre 2019 y 2022",
        ),
    ),
    (
        "El SAIDI se redujo de 38,6 a 21,4 horas al año.",
        _reading(
            "El SAIDI se redujo de 38,6 a 21,4 horas al año.",
            "El SAIDI",
            "21.4",
            "horas al año",
            baseline=Decimal("38.6"),
        ),
    ),
    ("SAIFI 2023: 12,5 veces al año", _reading("SAIFI 2023: 12,5 veces al año", "SAIFI 2023", "12.5", "veces al año")),
    (
        "Reducción del SAIDI de 22 a 11 horas",
        _reading("Reducción del SAIDI de 22 a 11 horas", "Reducción del SAIDI", "11", "horas", baseline=Decimal("22")),
    ),
    (
        "Reducción del 30 % en las pérdidas de agua.",
        _reading("Reducción del 30 % en las pérdidas de agua.", "Reducción en las pérdidas de agua", "30", "%"),
    ),
    (
        "Índice de pérdidas (IPUF): 6,8 m³ por suscriptor al mes",
        _reading(
            "Índice de pérdidas (IPUF): 6,8 m³ por suscriptor al mes",
            "Índice de pérdidas (IPUF) por suscriptor al mes",
            "6.8",
            "m³",
        ),
    ),
    (
        "Las pérdidas técnicas pasaron de 45 % a 32 %.",
        _reading(
            "Las pérdidas técnicas pasaron de 45 % a 32 %.", "Las pérdidas técnicas", "32", "%", baseline=Decimal("45")
        ),
    ),
    (
        "Pérdidas no técnicas: de 18,2 % a 12,5 % en 2022.",
        _reading(
            "Pérdidas no técnicas: de 18,2 % a 12,5 % en 2022.",
            "Pérdidas no técnicas",
            "12.5",
            "%",
            baseline=Decimal("18.2"),
            period="en 2022",
        ),
    ),
    (
        "Cobertura de acueducto: de 85 % en 2019 a 92 % en 2022",
        _reading(
            "Cobertura de acueducto: de 85 % en 2019 a 92 % en 2022",
            "Cobertura de acueducto",
            "92",
            "%",
            baseline=Decimal("85"),
            period="en 2022",
        ),
    ),
    ("IRCA: 0,5 %", _reading("IRCA: 0,5 %", "IRCA", "0.5", "%")),
    ("120 l/s de caudal tratado.", _reading("120 l/s de caudal tratado.", "caudal tratado", "120", "l/s")),
    (
        "1.250 m³ de agua recuperados al mes",
        _reading("1.250 m³ de agua recuperados al mes", "agua recuperados al mes", "1250", "m³"),
    ),
    (
        "45.000 MWh al año de energía generada con paneles solares.",
        _reading(
            "45.000 MWh al año de energía generada con paneles solares.",
            "energía generada con paneles solares",
            "45000",
            "MWh al año",
        ),
    ),
    (
        "350 kWp instalados en 12 sedes.",
        _reading("350 kWp instalados en 12 sedes.", "instalados en 12 sedes", "350", "kWp"),
    ),
    ("13km de tubería renovada", _reading("13km de tubería renovada", "tubería renovada", "13", "km")),
    (
        "2'500.000 usuarios beneficiados",
        _reading("2'500.000 usuarios beneficiados", "usuarios beneficiados", "2500000", "usuarios"),
    ),
    (
        "12.000 PQR resueltas en 2023.",
        _reading("12.000 PQR resueltas en 2023.", "PQR resueltas", "12000", "PQR", period="en 2023"),
    ),
    (
        "12.000 PQR resueltas en primera instancia en el primer semestre de 2023",
        _reading(
            "12.000 PQR resueltas en primera instancia en el primer semestre de 2023",
            "PQR resueltas en primera instancia",
            "12000",
            "PQR",
            period="en el primer semestre de 2023",
        ),
    ),
    (
        "98 % de PQR resueltas en 5 días hábiles.",
        _reading("98 % de PQR resueltas en 5 días hábiles.", "PQR resueltas en 5 días hábiles", "98", "%"),
    ),
    (
        "98 % de reclamos atendidos en menos de 24 horas",
        _reading(
            "98 % de reclamos atendidos en menos de 24 horas", "reclamos atendidos en menos de 24 horas", "98", "%"
        ),
    ),
    ("5 días hábiles", _reading("5 días hábiles", "", "5", "días hábiles")),
    (
        "Se atendieron 2.350 usuarios por WhatsApp.",
        _reading(
            "Se atendieron 2.350 usuarios por WhatsApp.", "Se atendieron usuarios por WhatsApp", "2350", "usuarios"
        ),
    ),
    (
        "Se instalaron 3.500 micromedidores en 4 comunas durante 2022.",
        _reading(
            "Se instalaron 3.500 micromedidores en 4 comunas durante 2022.",
            "Se instalaron micromedidores en 4 comunas",
            "3500",
            "micromedidores",
            period="durante 2022",
        ),
    ),
    (
        "Se redujo en 30 % el tiempo de espera",
        _reading("Se redujo en 30 % el tiempo de espera", "Se redujo el tiempo de espera", "30", "%"),
    ),
    (
        "Se pasó de 3 a 12 rutas de recolección.",
        _reading(
            "Se pasó de 3 a 12 rutas de recolección.", "rutas de recolección", "12", "rutas", baseline=Decimal("3")
        ),
    ),
    (
        "Inversión de $5.487 millones en redes.",
        _reading("Inversión de $5.487 millones en redes.", "Inversión en redes", "5487000000", "COP"),
    ),
    (
        "Inversión: $ 1.200 millones de pesos",
        _reading("Inversión: $ 1.200 millones de pesos", "Inversión", "1200000000", "COP"),
    ),
    ("Inversión: USD 3,5 millones", _reading("Inversión: USD 3,5 millones", "Inversión", "3500000", "USD")),
    (
        "1.200 millones de pesos invertidos",
        _reading("1.200 millones de pesos invertidos", "invertidos", "1200000000", "COP"),
    ),
    (
        "Instalación de 3.500 micromedidores",
        _reading("Instalación de 3.500 micromedidores", "Instalación de micromedidores", "3500", "micromedidores"),
    ),
    ("Reposición de 12 km de redes", _reading("Reposición de 12 km de redes", "Reposición de redes", "12", "km")),
    (
        "Recuperación de 350 toneladas de residuos aprovechables al mes",
        _reading(
            "Recuperación de 350 toneladas de residuos aprovechables al mes",
            "Recuperación de residuos aprovechables al mes",
            "350",
            "toneladas",
        ),
    ),
    ("PQR recibidas: 355", _reading("PQR recibidas: 355", "PQR recibidas", "355", "")),
    (
        "PQR recibidas: 355 en 2022",
        _reading("PQR recibidas: 355 en 2022", "PQR recibidas", "355", "", period="en 2022"),
    ),
    ("Meta 2025: 98 % de cobertura", _reading("Meta 2025: 98 % de cobertura", "Meta 2025 de cobertura", "98", "%")),
    (
        "3 veces más solicitudes virtuales",
        _reading("3 veces más solicitudes virtuales", "más solicitudes virtuales", "3", "veces"),
    ),
    ("- 355 peticiones", _reading("355 peticiones", "peticiones", "355", "peticiones")),
    ("1. 355 peticiones", _reading("355 peticiones", "peticiones", "355", "peticiones")),
    ("Variación: -3,2 %", _reading("Variación: -3,2 %", "Variación", "-3.2", "%")),
    ("+300 usuarios capacitados", _reading("+300 usuarios capacitados", "usuarios capacitados", "300", "usuarios")),
    (">90 % de cumplimiento", _reading(">90 % de cumplimiento", "cumplimiento", "90", "%")),
    (
        "350 usuarios entre 18 y 25 años",
        _reading("350 usuarios entre 18 y 25 años", "usuarios entre 18 y 25 años", "350", "usuarios"),
    ),
    (
        "30.000 árboles sembrados (2019-2021)",
        _reading("30.000 árboles sembrados (2019-2021)", "árboles sembrados", "30000", "árboles", period="2019-2021"),
    ),
    (
        "1.100 toneladas de CO2 evitadas al año",
        _reading("1.100 toneladas de CO2 evitadas al año", "CO2 evitadas al año", "1100", "toneladas"),
    ),
    (
        "75 ton de residuos aprovechados",
        _reading("75 ton de residuos aprovechados", "residuos aprovechados", "75", "ton"),
    ),
    (
        "100 % de los estratos 1, 2 y 3",
        _reading("100 % de los estratos 1, 2 y 3", "los estratos 1, 2 y 3", "100", "%"),
    ),
    (
        "Satisfacción del usuario (NSU): 87,4 puntos en 2022",
        _reading(
            "Satisfacción del usuario (NSU): 87,4 puntos en 2022",
            "Satisfacción del usuario (NSU)",
            "87.4",
            "puntos",
            period="en 2022",
        ),
    ),
    (
        "Tiempo de respuesta: de 15 días a 5 días",
        _reading(
            "Tiempo de respuesta: de 15 días a 5 días", "Tiempo de respuesta", "5", "días", baseline=Decimal("15")
        ),
    ),
    (
        "Tiempo de respuesta: de 15 a 5 días",
        _reading("Tiempo de respuesta: de 15 a 5 días", "Tiempo de respuesta", "5", "días", baseline=Decimal("15")),
    ),
    (
        "Tarifa: de $ 40.000 a $ 30.000",
        _reading("Tarifa: de $ 40.000 a $ 30.000", "Tarifa", "30000", "COP", baseline=Decimal("40000")),
    ),
    (
        "Usuarios: de 1.200 en 2019 a 4.500 en 2022",
        _reading(
            "Usuarios: de 1.200 en 2019 a 4.500 en 2022",
            "Usuarios",
            "4500",
            "",
            baseline=Decimal("1200"),
            period="en 2022",
        ),
    ),
    ("Ahorro: 1.200 kWh/mes", _reading("Ahorro: 1.200 kWh/mes", "Ahorro", "1200", "kWh/mes")),
    (
        "3.200 suscriptores nuevos a diciembre de 2023",
        _reading(
            "3.200 suscriptores nuevos a diciembre de 2023",
            "suscriptores nuevos",
            "3200",
            "suscriptores",
            period="a diciembre de 2023",
        ),
    ),
    ("18 °C de temperatura", _reading("18 °C de temperatura", "temperatura", "18", "°C")),
    ("115 kV de tensión", _reading("115 kV de tensión", "tensión", "115", "kV")),
    ("0,5 m³/s de capacidad", _reading("0,5 m³/s de capacidad", "capacidad", "0.5", "m³/s")),
    ("20 años de experiencia", _reading("20 años de experiencia", "experiencia", "20", "años")),
    (
        "Más del 60 % de las tuberías renovadas",
        _reading("Más del 60 % de las tuberías renovadas", "las tuberías renovadas", "60", "%"),
    ),
    ("97 por ciento de continuidad", _reading("97 por ciento de continuidad", "continuidad", "97", "%")),
    ("50 % menos quejas", _reading("50 % menos quejas", "menos quejas", "50", "%")),
    (
        "Las PQR bajaron de 1.200 a 800 mensuales",
        _reading(
            "Las PQR bajaron de 1.200 a 800 mensuales", "Las PQR, mensuales", "800", "", baseline=Decimal("1200")
        ),
    ),
    ("Pérdidas: 30 % menos", _reading("Pérdidas: 30 % menos", "Pérdidas, menos", "30", "%")),
    ("Continuidad: 23,5 horas/día", _reading("Continuidad: 23,5 horas/día", "Continuidad", "23.5", "horas/día")),
    (
        "Se ha reducido el consumo de 18 a 14 m³ por usuario",
        _reading(
            "Se ha reducido el consumo de 18 a 14 m³ por usuario",
            "Se ha reducido el consumo por usuario",
            "14",
            "m³",
            baseline=Decimal("18"),
        ),
    ),
    (
        "Consumo: de 18 m³ a 14 m³ por suscriptor",
        _reading(
            "Consumo: de 18 m³ a 14 m³ por suscriptor", "Consumo por suscriptor", "14", "m³", baseline=Decimal("18")
        ),
    ),
    (
        "Atención por WhatsApp: 685 usuarios atendidos",
        _reading(
            "Atención por WhatsApp: 685 usuarios atendidos",
            "Atención por WhatsApp: usuarios atendidos",
            "685",
            "usuarios",
        ),
    ),
    ("Tiempo medio: 4,5 h", _reading("Tiempo medio: 4,5 h", "Tiempo medio", "4.5", "h")),
    (
        "Un total de 1.250 hogares conectados",
        _reading("Un total de 1.250 hogares conectados", "hogares conectados", "1250", "hogares"),
    ),
    (
        "3.853 postes de madera cambiados.",
        _reading("3.853 postes de madera cambiados.", "postes de madera cambiados", "3853", "postes"),
    ),
    (
        "1.160 viviendas y escuelas electrificadas",
        _reading(
            "1.160 viviendas y escuelas electrificadas", "viviendas y escuelas electrificadas", "1160", "viviendas"
        ),
    ),
    ("Subsidios: $ 12.345.678", _reading("Subsidios: $ 12.345.678", "Subsidios", "12345678", "COP")),
    ("Costo: $ 1.250 por m³", _reading("Costo: $ 1.250 por m³", "Costo por m³", "1250", "COP")),
    ("500 kVA en transformadores", _reading("500 kVA en transformadores", "en transformadores", "500", "kVA")),
    (
        "2 subestaciones de 115 kV",
        _reading("2 subestaciones de 115 kV", "subestaciones de 115 kV", "2", "subestaciones"),
    ),
    (
        "30 transformadores de 75 kVA instalados en 2021",
        _reading(
            "30 transformadores de 75 kVA instalados en 2021",
            "transformadores de 75 kVA instalados",
            "30",
            "transformadores",
            period="en 2021",
        ),
    ),
    (
        "0 quejas por continuidad en 2023",
        _reading("0 quejas por continuidad en 2023", "quejas por continuidad", "0", "quejas", period="en 2023"),
    ),
    ("1 de enero: 300 casos", _reading("1 de enero: 300 casos", "1 de enero", "300", "casos")),
    (
        "Reducción de 300 quejas mensuales a 120 quejas mensuales",
        _reading(
            "Reducción de 300 quejas mensuales a 120 quejas mensuales",
            "Reducción: quejas mensuales",
            "120",
            "quejas",
            baseline=Decimal("300"),
        ),
    ),
    (
        "Disminución de las quejas de 300 a 120 mensuales entre 2020 y 2021",
        _reading(
            "Disminución de las quejas de 300 a 120 mensuales entre 2020 y 2021",
            "Disminución de las quejas, mensuales",
            "120",
            "",
            baseline=Decimal("300"),
            period="entre 2020 y 2021",
        ),
    ),
    ("Redujo de 22 a 11 horas", _reading("Redujo de 22 a 11 horas", "", "11", "horas", baseline=Decimal("22"))),
    (
        "Pago en línea: 45.000 transacciones en 2020 y 2021",
        _reading(
            "Pago en línea: 45.000 transacciones en 2020 y 2021",
            "Pago en línea",
            "45000",
            "transacciones",
            period="en 2020 y 2021",
        ),
    ),
    ("1.500 pesos por kWh", _reading("1.500 pesos por kWh", "por kWh", "1500", "COP")),
    ("5 millones de dólares", _reading("5 millones de dólares", "", "5000000", "USD")),
    (
        "80 mil toneladas anuales de residuos",
        _reading("80 mil toneladas anuales de residuos", "residuos", "80000", "toneladas anuales"),
    ),
    (
        "Emisiones evitadas: 1.100 tCO2e",
        _reading("Emisiones evitadas: 1.100 tCO2e", "Emisiones evitadas", "1100", "tCO2e"),
    ),
    ("1.100 tCO2e evitadas", _reading("1.100 tCO2e evitadas", "tCO2e evitadas", "1100", "tCO2e")),
    (
        "Se recuperaron 2,5 millones de m³ de agua en 2022",
        _reading(
            "Se recuperaron 2,5 millones de m³ de agua en 2022",
            "Se recuperaron agua",
            "2500000",
            "m³",
            period="en 2022",
        ),
    ),
    ("2,5 millones de m³ recuperados", _reading("2,5 millones de m³ recuperados", "recuperados", "2500000", "m³")),
    ("Presión: 40 psi", _reading("Presión: 40 psi", "Presión", "40", "psi")),
    ("Turbiedad: 0,2 UNT", _reading("Turbiedad: 0,2 UNT", "Turbiedad", "0.2", "UNT")),
    ("Índice: 0,95", _reading("Índice: 0,95", "Índice", "0.95", "")),
    ("8 meses de ejecución", _reading("8 meses de ejecución", "ejecución", "8", "meses")),
    ("100% de PQR", _reading("100% de PQR", "PQR", "100", "%")),
    ("De 2019 a 2021: 300 usuarios", _reading("De 2019 a 2021: 300 usuarios", "De 2019 a 2021", "300", "usuarios")),
    (
        "Vigencia 2022: $ 3.400 millones",
        _reading("Vigencia 2022: $ 3.400 millones", "Vigencia 2022", "3400000000", "COP"),
    ),
    ("1.234,5 toneladas", _reading("1.234,5 toneladas", "", "1234.5", "toneladas")),
    ("12.5 % de pérdidas", _reading("12.5 % de pérdidas", "pérdidas", "12.5", "%")),
    (
        "Ahorro de $ 40 millones anuales",
        _reading("Ahorro de $ 40 millones anuales", "Ahorro, anuales", "40000000", "COP"),
    ),
    (
        "Ahorro de 300 kWh al mes por usuario",
        _reading("Ahorro de 300 kWh al mes por usuario", "Ahorro por usuario", "300", "kWh al mes"),
    ),
    (
        "Mejora del indicador de 70 a 85 puntos",
        _reading(
            "Mejora del indicador de 70 a 85 puntos", "Mejora del indicador", "85", "puntos", baseline=Decimal("70")
        ),
    ),
    (
        "Incremento de la cobertura de 85 % a 92 %.",
        _reading(
            "Incremento de la cobertura de 85 % a 92 %.",
            "Incremento de la cobertura",
            "92",
            "%",
            baseline=Decimal("85"),
        ),
    ),
    (
        "Pasó de 50 a 120 municipios",
        _reading("Pasó de 50 a 120 municipios", "municipios", "120", "municipios", baseline=Decimal("50")),
    ),
    ("Ahorro del 12 % en energía", _reading("Ahorro del 12 % en energía", "Ahorro en energía", "12", "%")),
    (
        "Índice de continuidad: 23,8 h/día",
        _reading("Índice de continuidad: 23,8 h/día", "Índice de continuidad", "23.8", "h/día"),
    ),
    (
        "8.500 toneladas menos que en 2019",
        _reading("8.500 toneladas menos que en 2019", "menos que en 2019", "8500", "toneladas"),
    ),
    ("5 veces más rápido", _reading("5 veces más rápido", "más rápido", "5", "veces")),
    (
        "Tiempo de espera: de 45 a 12 minutos en promedio",
        _reading(
            "Tiempo de espera: de 45 a 12 minutos en promedio",
            "Tiempo de espera en promedio",
            "12",
            "minutos",
            baseline=Decimal("45"),
        ),
    ),
    ("Atención: 24 horas", _reading("Atención: 24 horas", "Atención", "24", "horas")),
    ("Cumplimiento: 100 %", _reading("Cumplimiento: 100 %", "Cumplimiento", "100", "%")),
    (
        "Meta: 5.000 usuarios a 2025",
        _reading("Meta: 5.000 usuarios a 2025", "Meta", "5000", "usuarios", period="a 2025"),
    ),
    ("Fase 2: 1.500 usuarios", _reading("Fase 2: 1.500 usuarios", "Fase 2", "1500", "usuarios")),
    (
        "Comunas 1, 2 y 3: 4.500 hogares",
        _reading("Comunas 1, 2 y 3: 4.500 hogares", "Comunas 1, 2 y 3", "4500", "hogares"),
    ),
    (
        "Decreto 1077 de 2015: 3 programas",
        _reading("Decreto 1077 de 2015: 3 programas", "Decreto 1077 de 2015", "3", "programas"),
    ),
    ("10 kWp", _reading("10 kWp", "", "10", "kWp")),
    (
        "Reducción de 1.200 m³/día en el consumo",
        _reading("Reducción de 1.200 m³/día en el consumo", "Reducción en el consumo", "1200", "m³/día"),
    ),
    (
        "Pérdidas: 3,2 m³/suscriptor/mes",
        _reading("Pérdidas: 3,2 m³/suscriptor/mes", "Pérdidas", "3.2", "m³/suscriptor/mes"),
    ),
    (
        "4,3 m³/suscriptor/mes de pérdidas",
        _reading("4,3 m³/suscriptor/mes de pérdidas", "pérdidas", "4.3", "m³/suscriptor/mes"),
    ),
    ("0,3 %", _reading("0,3 %", "", "0.3", "%")),
    ("NPS: 62", _reading("NPS: 62", "NPS", "62", "")),
    (
        "300 usuarios el 15 de enero de 2020",
        _reading("300 usuarios el 15 de enero de 2020", "usuarios el 15 de enero de 2020", "300", "usuarios"),
    ),
    (
        "300 usuarios al 31 de diciembre de 2022",
        _reading("300 usuarios al 31 de diciembre de 2022", "usuarios al 31 de diciembre de 2022", "300", "usuarios"),
    ),
    (
        "$2.500 por usuario en 2021",
        _reading("$2.500 por usuario en 2021", "por usuario", "2500", "COP", period="en 2021"),
    ),
    ("$ 1 billón", _reading("$ 1 billón", "", "1000000000000", "COP")),
    ("1’200.000 usuarios", _reading("1’200.000 usuarios", "usuarios", "1200000", "usuarios")),
    ("USD 12,5 millones de inversión", _reading("USD 12,5 millones de inversión", "inversión", "12500000", "USD")),
    ("US$ 3 millones del BID", _reading("US$ 3 millones del BID", "del BID", "3000000", "USD")),
    (
        "Cero papel: 120 resmas ahorradas",
        _reading("Cero papel: 120 resmas ahorradas", "Cero papel: resmas ahorradas", "120", "resmas"),
    ),
    (
        "8.500 toneladas menos que en 2019",
        _reading("8.500 toneladas menos que en 2019", "menos que en 2019", "8500", "toneladas"),
    ),
    (
        "30 % de aumento respecto a 2019",
        _reading("30 % de aumento respecto a 2019", "aumento respecto a 2019", "30", "%"),
    ),
    (
        "Cobertura: de 85 % a 92 % entre 2019 y 2022",
        _reading(
            "Cobertura: de 85 % a 92 % entre 2019 y 2022",
            "Cobertura",
            "92",
            "%",
            baseline=Decimal("85"),
            period="entre 2019 y 2022",
        ),
    ),
    (
        "1.200 usuarios más frente a 2020",
        _reading("1.200 usuarios más frente a 2020", "usuarios más frente a 2020", "1200", "usuarios"),
    ),
]

# Beside each of these, KEPT_AS_TEXT has its neighbour that is not sure.
READ += [
    ("200 millones de pesos", _reading("200 millones de pesos", "", "200000000", "COP")),
    (
        "200 millones de pesos de inversión",
        _reading("200 millones de pesos de inversión", "inversión", "200000000", "COP"),
    ),
    ("3 inversiones hechas", _reading("3 inversiones hechas", "inversiones hechas", "3", "inversiones")),
    ("0.125 % de pérdidas", _reading("0.125 % de pérdidas", "pérdidas", "0.125", "%")),
    ("98.50 % de cobertura", _reading("98.50 % de cobertura", "cobertura", "98.50", "%")),
    ("$ 3207654321 invertidos", _reading("$ 3207654321 invertidos", "invertidos", "3207654321", "COP")),
    ("Índice: 0,123456", _reading("Índice: 0,123456", "Índice", "0.123456", "")),
    ("999.999 billones de pesos", _reading("999.999 billones de pesos", "", "999999000000000000", "COP")),
]

# Ranges, several quantities, codes, dates, times, headings: nothing is sure but the text.
KEPT_AS_TEXT = [
    "4 a 6 horas de duración promedio por evento",
    "4 a 6 horas de duración promedio por evento, entre las 10:00 p.m. y las 4:00 a.m.",
    "2 % – 3 % de la red",
    "entre 4 y 6",
    "13 plantas de potabilización, 146 tanques y más de 4.900 km de redes.",
    "119 empleos y 102 proveedores",
    "▪ 13 puntos instalados, uno por cada 30 mil habitantes ▪ $11.900.000 costó el del sector de El Cable",
    "7:30 a.m. a 4:00 p.m. de jornada continua.",
    "El servicio llegó a 134 familias, cerca de 540 personas.",
    "El servicio llegó a 134 familias, cerca de 540 personas. • Gasto que se evita: alrededor de $ 40.000 al mes.",
    "Señalización podotáctil",
    "• 750 familias beneficiadas en esta fase, más de 3.000 personas.",
    "• 25.551 familias usuarias en el municipio; cobertura superior al 90 %.",
    "• 2.000 familias en el Magdalena y 88 % de cobertura departamental.",
    "• 117 organizaciones estimadas en la ciudad, con poco más de 6.000 de los 20.000 recicladores.",
    "Resolución 1519 de 2020",
    "Atención por la línea 116",
    "Cobertura de acueducto: de 85 % a 92 %",
    "Duración: de 4 a 6 horas",
    "Horario: de 22 a 6 horas",
    "12 km de redes y 3 tanques",
    "Hasta 30 % de ahorro",
    "Se redujo a 5 días el tiempo de respuesta",
    "Aumento de 10 a 15 % en el recaudo",
    "Ahorro de 10 a 20 %",
    "NIT: 890.800.123",
    "Teléfono: 6068879770",
    "Año: 2020",
    "2021 usuarios satisfechos",
    "2020: 300 usuarios",
    "12 de octubre",
    "16 de marzo de 2020: inicio de la atención virtual",
    "2 de cada 10 hogares",
    "15 de 20 indicadores cumplidos",
    "1/3 de los usuarios",
    "24/7 de atención",
    "5S implementadas en planta",
    "Certificación ISO 9001:2015",
    "$ 40 000 mensuales",
    "$5.487 MM invertidos",
    "-355 peticiones",
    "1 millón 200 mil usuarios",
    "2 plantas y tres tanques",
    "15 puntos de mejora y reducción de 30 % en quejas",
    "6.000 de los 20.000 recicladores",
    "Del 16 al 31 de marzo de 2020",
    "Recaudo: de $ 2 a 3 millones",
    "De 3 rutas a 12 rutas",
    "Presión de 40 psi",
    "1.450.000 usuarios, 98 % de cobertura",
    "COVID-19: 300 casos",
    "Nivel de riesgo: 5 (bajo)",
    "Usuarios atendidos 2.350",
    "685 usuarios atendidos por WhatsApp, 361 por correo electrónico",
    "1.2.3 Resultados",
    "3.1 Impacto",
    "10 mil a 20 mil usuarios",
    "Total: 2.350 usuarios (355 por la web)",
    "2 Metodología",
    "Recaudo: de $ 2 a $ 3 millones",
    "Producción de 1.200 l/s",
    "Atención de 8 a 12 horas",
    "Atención: de 8:00 a 12:00",
    "Llamadas atendidas: 12.500 mensuales",
    "15 a 20 % de reducción",
    "Entre 15 % y 20 % de reducción",
    "El 98 % de los usuarios está satisfecho",
    "Ley 142 de 1994",
    "Contrato: 045 de 2021",
    "$ 1.250/m³ de costo",
    "189 reconectadores instalados, tres subestaciones nuevas",
    "¡355 peticiones!",
    "355 (trescientas cincuenta y cinco) peticiones",
    "35 barrios, 12 veredas",
    "Cobertura urbana: 99,8 %; rural: 76,2 %",
    "Cobertura: urbana 99,8 % y rural 76,2 %",
    "Usuarios: 1.200 (urbanos), 300 (rurales)",
    "1er puesto nacional",
    "2ª fase terminada",
    "3.ª versión",
    "No. 1 en satisfacción",
    "20.000 usuarios + 300 empresas",
    "60 días de plazo, 30 de prórroga",
    "Atenciones 2020 - 2021: 4.500",
    "12 500 kVA instalados",
    "Cerca de 9 de cada 10 usuarios",
    "98% a 100% de satisfacción",
    "Calificación: de 70 a 85 puntos",
    "Niños de 6 a 12 años",
    "Programa para niños de 6 a 12 años: 300 participantes",
    "Inversión de $ 3.200 millones y 45 empleos",
    "45 empleos generados, 60 % ocupados por mujeres",
    "Oferta de 350 l/s en 2023 (antes 280 l/s)",
    "350 l/s de caudal (antes 280 l/s)",
    "8.500 toneladas dispuestas en el relleno sanitario vs 12.000 en 2019",
    "3.500 usuarios de los cuales 1.200 son rurales",
    "3.500 usuarios, incluidos 1.200 rurales",
    "1.000 hogares (4.000 personas)",
    "1.000 hogares - 4.000 personas",
    "De lunes a viernes de 8 a 5",
    "Tiempo de espera de 45 a 12 minutos",
    "Atención 24 horas, 7 días",
    "24 horas de servicio, los 7 días de la semana",
    "Ejecución 2022-2023",
    "IANC: 43 % (2019) a 31 % (2022)",
    "IANC: 43 % en 2019 y 31 % en 2022",
    "Nota: 4,5 sobre 5",
    "4,5 sobre 5 en satisfacción",
    "4,5/5 en satisfacción",
    "El 15 de enero de 2020 se atendieron 300 usuarios",
    "20 % del presupuesto 2022",
    "3 de las 5 plantas",
    "30 a 45 días",
    "30-45 días",
    "30 ó 45 días",
    "No se presentaron 3 interrupciones",
    "Evitó 30 toneladas de CO2",
    "Código SUI 1234: 5 reportes",
    "10.000+ usuarios",
    "10.000 (diez mil) usuarios",
    "Cobertura: de 85 % a 92 % en 2022",
    "Pico de 7 x 24",
    # A percentage in thousandths or in thousands; telephones; a range; money of no currency; too many digits.
    "99.999 % de disponibilidad",
    "98.500 % de cobertura",
    "100.000 % de cumplimiento",
    "Disponibilidad: 99.999 %",
    "Cobertura: de 85.500 a 92 %",
    "018000 línea gratuita",
    "018000123456 línea gratuita",
    "3207654321 WhatsApp",
    "6068879770 fijo",
    "Rango: de 2.000 a 1.500 msnm",
    "De 2.000 a 1.500 msnm",
    "200 millones de inversión",
    "200 millones invertidos",
    "1.200 millones de subsidios",
    "Inversión: 200 millones",
    "1234567890123456 usuarios",
    "Pasó de 1234567890123456 a 2 usuarios",
    "Índice: 0,1234567",
    "1 trillón de pesos",
    "",
    "•",
]

_WORDS = [
    "más de",
    "355",
    "2.350",
    "1,5",
    "%",
    "$",
    "millones",
    "de",
    "a",
    "en",
    "y",
    ",",
    ":",
    "usuarios",
    "horas",
    "km",
    "2020",
    "por cada",
    "menor a",
    "(",
    ")",
    ".",
    "de 22 a 11",
    "Reducción",
    "se redujo",
    "al año",
    "entre",
    "marzo",
    "- ",
    ";",
    "US$",
    "mil",
    "±",
    "2’500.000",
    "10:30 p.m.",
]
LINES = st.one_of(st.text(max_size=600), st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join))


@pytest.mark.parametrize(("line", "reading"), READ)
def test_metric_stated_plainly_is_read(line, reading):
    assert read_metric(line) == reading


@pytest.mark.parametrize("line", KEPT_AS_TEXT)
def test_metric_unsure_is_kept_as_text(line):
    reading = read_metric(line)
    assert reading == MetricReading(reading.text)
    assert line.strip().endswith(reading.text)


def test_metric_over_the_length_limit_is_kept_as_text():
    line = "355 peticiones " + "x" * MAX_LENGTH
    assert read_metric(line) == MetricReading(line)


def test_metrics_reads_only_lines_with_a_digit_in_order():
    lines = ["• 6 centros reabiertos.", "Señalización podotáctil", "Ley 142 de 1994", "• $5.487 millones invertidos."]
    assert read_metrics(lines) == [
        _reading("6 centros reabiertos.", "centros reabiertos", "6", "centros"),
        MetricReading("Ley 142 de 1994"),
        _reading("$5.487 millones invertidos.", "invertidos", "5487000000", "COP"),
    ]


@pytest.mark.parametrize(
    "lines", [["1 x"] * 3_000_000, ["12 usuarios " * 800_000], ["12 usuarios de 5 " * 25] * 25_000]
)
def test_metrics_cost_of_ten_megabytes_is_bounded(lines):
    started = time.perf_counter()
    readings = read_metrics(lines)
    assert time.perf_counter() - started < 1
    assert sum(len(reading.text) for reading in readings) <= MAX_TOTAL


@pytest.mark.parametrize(
    "unit", ["más de ", "12 ", "de 22 a ", "a", " ", "se ", ": ", "en 2020 ", ", ", "(", "2.350.", "mayor a ", "$ "]
)
def test_metric_hostile_repetition_takes_no_time(unit):
    started = time.perf_counter()
    for opening in ("", "355 usuarios ", "x: 5 % ", "de 22 a 11 horas ", "se redujo 5 "):
        read_metric((opening + unit * MAX_LENGTH)[:MAX_LENGTH])
    assert time.perf_counter() - started < 1


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_metric_any_text_is_read_without_error_and_kept(line):
    reading = read_metric(line)
    assert line.strip().endswith(reading.text)
    assert read_metric(reading.text) == reading
    if reading.value is None:
        assert reading == MetricReading(reading.text)


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_metric_reading_invents_nothing(line):
    reading = read_metric(line)
    written = re.sub("[^0-9]", "", reading.text)
    for value in (reading.value, reading.baseline):
        if value is not None:
            assert re.sub("[^0-9]", "", format(value, "f")).strip("0") in written
    assert set(re.findall(r"\w+", reading.label)) <= set(re.findall(r"\w+", reading.text))
    assert reading.period in " ".join(reading.text.split())

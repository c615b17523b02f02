"""The country's departments and municipalities as the language wing reads them."""

from practices.language.coverage import Gazetteer, Place
from practices.models.vocabulary import Department, Municipality


def gazetteer() -> Gazetteer:
    """Built from the database, so a place that staff add is known at once. Two queries, about 10 ms."""
    return Gazetteer(
        departments=[Place(code, name) for code, name in Department.objects.values_list("code", "name")],
        municipalities=[
            Place(code, name, department)
            for code, name, department in Municipality.objects.values_list("code", "name", "department_id")
        ],
    )

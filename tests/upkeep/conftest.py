import pytest

from .house import furnish


@pytest.fixture
def house(db) -> None:
    furnish()

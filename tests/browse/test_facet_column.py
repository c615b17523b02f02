"""A facet is counted the same for a few publications, which are looked for in blocks of values, as for many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from practices.browse.collection import FacetColumn

ids = st.sets(st.integers(1, 400), max_size=250)


@given(sets=st.lists(ids, max_size=40), among=ids)
def test_each_value_is_counted_by_itself(sets: list[set[int]], among: set[int]) -> None:
    column = FacetColumn(["x"] * len(sets), ["x"] * len(sets), [BitMap(one) for one in sets], BitMap(range(401)))
    assert column.counts(BitMap(among)) == [len(one & among) for one in sets]


@pytest.mark.parametrize("number", [0, 1, FacetColumn.FEW, FacetColumn.FEW + 1])
def test_no_value_is_left_out_at_the_end_of_a_block(number: int) -> None:
    values = [BitMap([place]) for place in range(2 * FacetColumn.BLOCK + 1)]
    column = FacetColumn(["x"] * len(values), ["x"] * len(values), values, BitMap(range(1_000)))
    assert column.counts(BitMap(range(number))) == [int(place < number) for place in range(len(values))]

from practices.drawing.columns import lengths, steps


def test_columns_share_a_zero_and_the_longest_is_whole():
    assert lengths([0, 1, 2, 4]) == [0.0, 25.0, 50.0, 100.0]


def test_little_beside_much_is_still_seen():
    assert lengths([1, 100_000]) == [1.0, 100.0]


def test_nothing_is_drawn_of_nothing():
    assert (lengths([]), lengths([0, 0]), steps([]), steps([0, 0])) == ([], [0.0, 0.0], [], [0, 0])


def test_tints_are_quarters_of_the_way_in_square_roots():
    assert steps([0, 1, 25, 26, 225, 226, 400]) == [0, 1, 1, 2, 3, 4, 4]

from practices.drawing.columns import lengths


def test_columns_share_a_zero_and_the_longest_is_whole():
    assert lengths([0, 1, 2, 4]) == [0.0, 25.0, 50.0, 100.0]


def test_little_beside_much_is_still_seen():
    assert lengths([1, 100_000]) == [1.0, 100.0]


def test_nothing_is_drawn_of_nothing():
    assert (lengths([]), lengths([0, 0])) == ([], [0.0, 0.0])

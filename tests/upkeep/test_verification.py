from practices.upkeep.verification import verify


def test_house_is_in_order(house):
    assert [str(f) for f in verify()] == []
    assert [str(f) for f in verify(deep=True)] == []

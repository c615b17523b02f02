"""Nobody waits twice for what is away."""

from catalogue.absence import Absences

NAME = "somebody"


def test_one_at_a_time_looks_whether_it_is_back() -> None:
    absences = Absences(pause=-1.0, look=60.0)
    assert (NAME in absences, absences.is_worth_asking(NAME)) == (False, True)
    assert (absences.begins(NAME), absences.begins(NAME)) == (True, False)
    assert [absences.is_worth_asking(NAME) for _ in range(3)] == [True, False, False]
    assert (absences.ends(NAME), absences.ends(NAME)) == (True, False)
    assert absences.is_worth_asking(NAME) is True


def test_nobody_looks_before_the_pause_is_over() -> None:
    absences = Absences(pause=60.0)
    absences.begins(NAME)
    assert absences.is_worth_asking(NAME) is False
    assert absences.is_worth_asking("another") is True

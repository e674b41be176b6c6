"""Until when a process believes that a lock is its own."""

from datetime import timedelta

from crawler.holding import Holding, clock


def test_who_holds_nothing_has_nothing_to_lose() -> None:
    assert Holding(timedelta(seconds=90)).is_sure(clock())


def test_it_is_sure_for_less_than_the_lease_from_when_it_asked() -> None:
    holding = Holding(timedelta(seconds=90))
    holding.taken(1000.0)
    assert (holding.is_sure(1071.9), holding.is_sure(1072.1)) == (True, False)
    holding.taken(1050.0)
    assert not holding.is_sure(1072.1)  # the first lock is no younger
    holding.renewed(1080.0)
    assert (holding.is_sure(1151.9), holding.is_sure(1152.1)) == (True, False)
    holding.given_back()
    assert holding.is_sure(5000.0)

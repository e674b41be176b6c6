"""How fast something is counted."""

from crawler.speed import WINDOW, Speed


def test_nothing_is_said_too_early() -> None:
    speed = Speed()
    assert [speed.saw(at, count) for at, count in ((0.0, 5), (0.25, 6), (1.9, 9))] == [None, None, None]
    assert speed.saw(2.0, 25) == 10.0


def test_it_is_that_of_the_latest_minute() -> None:
    speed = Speed()
    for second in range(100):
        speed.saw(float(second), 10 * second)
    assert speed.saw(100.0, 990) == (990 - 400) / WINDOW
    assert len(speed._seen) == WINDOW + 1
    assert speed.saw(500.0, 990) == 0.0

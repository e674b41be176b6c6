"""What is remembered, and what is not."""

from crawler.remember import LONGEST, remembered
from crawler.urls import absolute_url


def test_short_texts_are_asked_once_and_long_ones_each_time() -> None:
    asked: list[str] = []

    @remembered(8)
    def length(text: str, more: int) -> int:
        asked.append(text)
        return len(text) + more

    short, long = "x" * LONGEST, "x" * (LONGEST + 1)
    assert [length(short, 0), length(short, 0), length(short, 1)] == [LONGEST, LONGEST, LONGEST + 1]
    assert asked == [short, short]
    assert [length(long, 0), length(long, 0)] == [LONGEST + 1, LONGEST + 1]
    assert asked == [short, short, long, long]


def test_a_long_address_is_still_one() -> None:
    assert absolute_url("https://news.example/", "/" + "x" * 5000) == "https://news.example/" + "x" * 5000

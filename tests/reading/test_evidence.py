"""Candidates in the order of trust."""

from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.page import Page
from tests.reading.build import page


def test_the_first_candidate_that_yields_something_wins_and_the_rest_is_not_asked() -> None:
    asked: list[str] = []

    def look(name: str, value: str | None) -> Candidate[str]:
        def ask(_page: Page) -> str | None:
            asked.append(name)
            return value

        return name, ask

    found = first_found(page(), [look("a", None), look("b", ""), look("c", "yes"), look("d", "no")])
    assert (found, asked) == (Found("yes", "c"), ["a", "b", "c"])
    assert first_found(page(), [look("a", None)]) is None

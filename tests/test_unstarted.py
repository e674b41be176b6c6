"""What is said of a site that could not be crawled."""

import pytest

from crawler.unstarted import explained, sentence


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        ("dns", "there is no host of this name"),
        ("http_503", "it answers with an error"),
        ("robots_http_500", "its robots.txt answers with an error, which forbids all"),
        ("http_403", "it refuses crawlers"),
    ],
)
def test_the_cause_comes_first_and_then_what_to_do(reason: str, what: str) -> None:
    told = explained(reason)
    assert told
    assert told[0] == what
    assert sentence(reason, "Ignoring non-200 response") == f"{what} ({reason}): {told[1]}"


@pytest.mark.parametrize("reason", ["http_418", "ValueError", "robots_http_404", ""])
def test_of_an_unknown_reason_it_is_said_what_was_raised(reason: str) -> None:
    assert explained(reason) is None
    assert sentence(reason, "no tea") == f"{reason} (no tea)"

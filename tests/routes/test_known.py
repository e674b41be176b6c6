"""Is what a route names stored already, as it is now?"""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest

from crawler.items import Article, Source
from crawler.routes.candidates import Candidate, Role
from crawler.routes.known import keys_of, sort_out

SITE = "news.example"
URL = "https://news.example/bridge/"
NOW = datetime(2025, 12, 3, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


def named(url: str = URL, **known: Any) -> Candidate:
    return Candidate(url, Role.POST, "sitemap", **known)


def state(**fields: Any) -> dict[str, Any]:
    told = {"_id": 1, "site": SITE, "url": URL, "wp_id": 12, "url_keys": ["news.example?p=12", "news.example/bridge"]}
    return told | fields


def is_read(candidate: Candidate, *states: dict[str, Any], undated: bool = True) -> bool:
    return bool(sort_out([candidate], states, SITE, undated=undated).to_read)


def test_what_is_not_stored_is_read() -> None:
    assert is_read(named())
    assert is_read(named(), state(site="news.example/blog"))


@pytest.mark.parametrize("dates", [{"modified_at": NOW}, {"source": {"lastmod": NOW}}])
def test_what_is_stored_in_this_version_is_not_read_again(dates: dict[str, Any]) -> None:
    assert not is_read(named(modified_at=NOW), state(**dates))
    assert is_read(named(modified_at=LATER), state(**dates))


def test_without_a_modification_time_it_depends_on_who_asks() -> None:
    assert not is_read(named(), state(), undated=True)
    assert is_read(named(), state(), undated=False)


def test_what_was_seen_in_a_crawl_that_is_gone_on_with_is_not_read_again() -> None:
    def to_read(**known: Any) -> int:
        return len(sort_out([named()], [state(**known)], SITE, undated=False, seen_since=NOW).to_read)

    assert to_read(last_seen_at=NOW) == 0
    assert (
        to_read(last_seen_at=NOW - timedelta(seconds=1)) == to_read() == to_read(last_seen_at=LATER, gone_at=NOW) == 1
    )


def test_what_was_seen_in_such_a_crawl_is_read_again_only_if_it_may_have_been_modified_since_that_began() -> None:
    def to_read(modified_at: datetime, seen_at: datetime) -> int:
        candidate, stored = named(modified_at=modified_at), state(last_seen_at=seen_at)
        return len(sort_out([candidate], [stored], SITE, undated=False, seen_since=NOW).to_read)

    old = NOW - timedelta(hours=26)
    assert (to_read(old, NOW), to_read(old, NOW - timedelta(seconds=1)), to_read(old + timedelta(seconds=1), NOW)) == (
        0, 1, 1,
    )  # fmt: skip


def test_a_stored_post_of_unknown_modification_is_read() -> None:
    assert is_read(named(modified_at=NOW), state())


def test_a_new_address_and_a_return_are_read() -> None:
    assert is_read(named("https://news.example/new-bridge/", wp_id=12, modified_at=NOW), state(modified_at=NOW))
    assert is_read(named(), state(gone_at=NOW))


def test_another_name_of_a_stored_post_is_no_news() -> None:
    by_id = Candidate("https://news.example/?p=12", Role.POST, "feed", modified_at=NOW)
    assert not is_read(by_id, state(modified_at=NOW))


def test_an_address_that_was_given_to_another_post_is_read() -> None:
    assert is_read(named(wp_id=13, modified_at=NOW), state(modified_at=NOW))


@pytest.mark.parametrize(
    ("read_from", "page_count", "is_kept"), [("feed", 2, False), ("feed", 1, True), ("rest", 2, True)]
)
def test_a_feed_has_only_the_first_page_of_a_post_of_several(
    read_from: Literal["feed", "rest"], page_count: int, is_kept: bool
) -> None:
    article = Article(site=SITE, url=URL, source=Source(read_from=read_from))
    found = sort_out([named(article=article)], [state(page_count=page_count)], SITE, undated=False)
    assert [one.article is article for one in found.to_read] == [is_kept]


def test_what_is_current_comes_with_its_state() -> None:
    stored = state()
    assert sort_out([named()], [stored], SITE, undated=True).current == ((named(), stored),)


def test_the_keys_to_look_up() -> None:
    assert keys_of([named(wp_id=12), named("https://www.news.example/a")], SITE) == [
        "news.example?p=12", "news.example/bridge", "news.example/a",
    ]  # fmt: skip

"""When a site is said to show less than it did, and when not."""

from datetime import timedelta
from math import comb

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.items import Article, Change, Source
from crawler.layout import FEWEST_NOW, MOST_BEFORE, WINDOW, Layout, Shown, chance, fell, judged, layout_events
from crawler.readings import FIELDS, Readings, Share

from .examples import LATER, NOW, SITE, an_article

ALL = {"title", "text", "published_at", "authors", "categories", "images"}


def reading(shows: set[str], number: int = 0, **fields: object) -> Article:
    """A stored article whose page shows some fields and no other."""
    article = an_article(
        f"post-{number}", **{"change": Change(kind="added"), "source": Source(read_from="page")} | fields
    )
    for name in set(FIELDS) - shows:
        setattr(article, name, [] if isinstance(getattr(article, name), list) else None)
    if "images" in shows:
        article.images = [object()]  # type: ignore[list-item]  # only whether there is one is looked at
    return article


def again(shows: set[str], lost: list[str], number: int = 0) -> Article:
    """The same of one that was stored before."""
    return reading(shows, number, change=Change(kind="unchanged"), lost=lost)


def crawl(layout: Layout, *articles: Article, kind: str = "page") -> Layout:
    """The layout after a crawl that read these."""
    readings = Readings()
    for article in articles:
        article.source.read_from = kind  # type: ignore[assignment]  # a way of reading
        readings.saw(article)
    return judged(layout, readings, NOW, NOW - timedelta(hours=1))


def posts(number: int, shows: set[str] = ALL) -> list[Article]:
    """New posts, all alike."""
    return [reading(shows, index) for index in range(number)]


KNOWN = crawl({}, *posts(40))


def broken(layout: Layout, kind: str = "page") -> set[str]:
    return {name for name, one in layout.get(kind, {}).items() if one.broken_since}


def one_by_one(layout: Layout, articles: list[Article]) -> Layout:
    """A crawl for each post."""
    for article in articles:
        layout = crawl(layout, article)
    return layout


def test_the_first_crawl_makes_the_history_and_finds_nothing_wrong() -> None:
    layout = crawl({}, *posts(20, ALL - {"authors"}), *posts(20))
    assert broken(layout) == set()
    assert layout["page"]["authors"] == Shown(shown=20, of=40, last_shown_at=NOW)


def test_three_posts_without_an_author_are_nothing_and_twelve_are() -> None:
    without = ALL - {"authors"}
    assert broken(one_by_one(KNOWN, posts(3, without))) == set()
    assert broken(one_by_one(KNOWN, posts(11, without))) == set()
    layout = one_by_one(KNOWN, posts(12, without))
    assert broken(layout) == {"authors"}
    assert layout["page"]["authors"].example == "https://news.example/post-11/"
    assert layout["page"]["authors"].broken_since == NOW
    assert layout["page"]["authors"].before == Share(40, 40)


def test_what_a_site_never_showed_is_not_missed() -> None:
    layout = crawl({}, *posts(40, ALL - {"authors"}))
    assert broken(one_by_one(layout, posts(60, ALL - {"authors"}))) == set()


def test_a_few_posts_make_no_history() -> None:
    layout = crawl({}, *posts(5))
    assert broken(one_by_one(layout, posts(18, ALL - {"authors"}))) == set()


def test_posts_that_lost_what_they_showed_before_tell_it_at_once() -> None:
    lost = [again(ALL - {"images"}, ["images"], n) for n in range(FEWEST_NOW)]
    assert broken(crawl(KNOWN, *lost)) == {"images"}
    assert broken(crawl(KNOWN, *lost[1:])) == set()
    assert broken(crawl(KNOWN, *lost, *(again(ALL, [], n) for n in range(FEWEST_NOW)))) == set()


def test_posts_that_were_read_in_another_way_before_tell_nothing() -> None:
    assert broken(crawl(KNOWN, *(reading(set(), n, change=Change(kind="changed")) for n in range(40)))) == set()


def test_like_is_compared_with_like() -> None:
    layout = crawl(KNOWN, *posts(40, {"title", "text"}), kind="rest")
    assert (broken(layout), broken(layout, "rest")) == (set(), set())
    assert broken(crawl(layout, *posts(12, {"title"}), kind="rest"), "rest") == {"text"}


@pytest.mark.parametrize("fields", [{"type": "product"}, {"access": "password"}, {"change": Change(kind="gone")}])
def test_other_posts_show_other_things(fields: dict[str, object]) -> None:
    assert crawl(KNOWN, *(reading(set(), n, **fields) for n in range(40))) == KNOWN


def test_old_posts_that_are_found_late_are_no_news() -> None:
    late = [reading(ALL - {"authors"}, n, published_at=NOW - timedelta(days=90)) for n in range(40)]
    assert broken(crawl(KNOWN, *late)) == set()


def test_a_field_that_is_back_is_no_longer_broken() -> None:
    layout = one_by_one(KNOWN, posts(30, ALL - {"authors"}))
    assert broken(one_by_one(layout, posts(8))) == {"authors"}
    mended = one_by_one(layout, posts(9))
    assert broken(mended) == set()
    assert mended["page"]["authors"] == Shown(shown=40, of=40, last_shown_at=NOW, recovered_at=NOW)
    assert broken(crawl(layout, *(again(ALL, [], n) for n in range(FEWEST_NOW)))) == set()


def test_what_was_lost_is_told_once_with_an_id_made_of_what_it_says() -> None:
    after = one_by_one(KNOWN, posts(12, {"title", "text"}))
    [event] = layout_events(SITE, KNOWN, after, LATER)
    assert event.fields == ("published_at", "authors", "categories", "images")
    assert event.id == f"{SITE}:layout_changed:page:published_at,authors,categories,images:{NOW.isoformat()}"
    assert (event.type, event.at, event.url) == ("site.layout_changed", LATER, "https://news.example/post-11/")
    assert not list(layout_events(SITE, after, after, LATER))
    assert not list(layout_events(SITE, after, KNOWN, LATER))


shares = st.integers(0, 200).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))


@given(shares, shares)
def test_the_test_of_fisher_is_exact(now: Share, before: Share) -> None:
    both, everything = now.shown + before.shown, now.of + before.of
    ways = sum(comb(both, shown) * comb(everything - both, now.of - shown) for shown in range(now.shown + 1))
    assert chance(now, before) == pytest.approx(ways / comb(everything, now.of), rel=1e-6)


@given(shares, shares)
def test_no_share_falls_that_is_more_than_half_of_what_it_was(now: Share, before: Share) -> None:
    assume(before.of)
    assert not (fell(now, before) and now.part > before.part / 2)
    assert not fell(Share(now.of, now.of), before)


@given(st.integers(0, FEWEST_NOW - 1), st.integers(0, MOST_BEFORE))
def test_no_share_falls_in_a_handful(few: int, of: int) -> None:
    assert not fell(Share(0, few), Share(of, of))
    assert not fell(Share(0, 24), Share(of // 40, of))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 30), st.sets(st.sampled_from(FIELDS))), max_size=60))
def test_what_is_kept_is_bounded_and_adds_up(crawls: list[tuple[int, set[str]]]) -> None:
    layout: Layout = {}
    for number, shows in crawls:
        layout = crawl(layout, *posts(number, shows))
        for one in layout.get("page", {}).values():
            assert len(one.recent) <= WINDOW
            assert one.shown <= one.of <= MOST_BEFORE
            assert (one.broken_since is None) == (one.example is None)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False), st.floats(0, 1))
def test_chance_breaks_nothing(random: object, rate: float) -> None:
    layout: Layout = {}
    for _ in range(40):
        drawn = [{"title"} if random.random() < rate else set() for _ in range(10)]  # type: ignore[attr-defined]
        layout = crawl(layout, *(reading(shows, number) for number, shows in enumerate(drawn)))
        assert broken(layout) == set()

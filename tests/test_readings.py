"""What the posts of one crawl have shown."""

from datetime import timedelta

from crawler.items import Change, Source
from crawler.readings import MOST_NEW, Readings, Share, shown_by

from .examples import NOW, an_article

ADDED = Change(kind="added")


def test_the_latest_new_posts_are_kept_by_date_those_without_one_last() -> None:
    readings = Readings()
    for day in range(MOST_NEW + 20):
        readings.saw(an_article(f"of-day-{day}", change=ADDED, published_at=NOW - timedelta(days=day)))
    readings.saw(an_article("undated", change=ADDED, published_at=None))
    new = readings.new("page")
    assert len(new) == MOST_NEW
    assert [post.url.split("/")[-2] for post in new[-2:]] == ["of-day-0", "undated"]
    assert new[0].published_at == NOW - timedelta(days=MOST_NEW - 2)
    assert len(readings.new("page", NOW - timedelta(days=1))) == 3


def test_ways_of_reading_are_kept_apart() -> None:
    readings = Readings()
    readings.saw(an_article(change=ADDED, source=Source(read_from="feed")))
    readings.saw(an_article(change=Change(kind="changed"), lost=["images"], source=Source(read_from="rest")))
    assert set(readings.kinds()) == {"feed", "rest"}
    assert (len(readings.new("feed")), readings.new("rest")) == (1, [])
    lost = readings.again("rest", "images")
    assert (lost.share, lost.example) == (Share(0, 1), "https://news.example/bridge/")
    assert readings.again("rest", "title").share == Share(1, 1)
    assert readings.again("page", "title").share.part == 0.0


def test_what_is_empty_is_not_shown() -> None:
    assert shown_by(an_article(authors=[], published_at=None)) == {"title", "text", "categories"}

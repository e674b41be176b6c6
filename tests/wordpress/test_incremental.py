"""The crawls after the first: what is new or changed is found, for next to nothing, by what the site offers."""

from dataclasses import dataclass

import pytest

from benchmarks.routes.targets import NOTHING_NEW, ONE_POST

from .conftest import OpenCrawler, OpenSite
from .newspaper import Newspaper
from .scenarios import BY_FEED, BY_REST, NEIGHBOURS, PRESSROOM, Theme

NEWS = {"post_title": "Fresh from the pier", "post_content": "<p>The ferry is early.</p>"}
SCHEDULED = {"post_title": "Written last week", "post_content": "<p>The ferry was on time.</p>"}
EDIT = {"post_title": "Pictures, corrected", "post_content": "<p>The editors regret the pictures.</p>" * 20}
"""Longer than a summary: the feed has it whole."""
RENAMED = {"post_name": "quite-another-address"}


@dataclass(frozen=True)
class Offer:
    """What a site has switched off, how its articles are read, and what one look at it costs at most."""

    off: str
    reading: Theme
    nothing_new: int
    one_new: int
    tells_edits: bool = True
    """Whether edits and moves are found without asking for every post."""


OFFERS = {
    "rest": Offer("", BY_REST, NOTHING_NEW, ONE_POST),
    "feed": Offer("rest", BY_FEED, NOTHING_NEW, ONE_POST, tells_edits=False),
    "sitemap": Offer(
        "rest,feed", Theme("pressroom", PRESSROOM.shows - NEIGHBOURS, pager=True), 3, 4, tells_edits=False
    ),
}
"""WordPress tells in sitemaps when a post was modified since 6.5: these tests run with 6.1."""


@dataclass(frozen=True)
class Story:
    """The tests of this module are one story for each offer, told in order."""

    offer: Offer
    newspaper: Newspaper


@pytest.fixture(scope="module", params=OFFERS)
def story(request: pytest.FixtureRequest, open_site: OpenSite, open_crawler: OpenCrawler) -> Story:
    name, offer = f"incremental-{request.param}", OFFERS[request.param]
    site = open_site(name)
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"], option=["presswalk_off", offer.off])
    newspaper = Newspaper(site, open_crawler(name), offer.reading)
    newspaper.crawl()
    assert newspaper.record()["route"] == request.param
    return Story(offer, newspaper)


def test_nothing_new_costs_next_to_nothing(story: Story) -> None:
    with story.newspaper.nothing_written():
        story.newspaper.crawl()
    assert len(story.newspaper.asked()) <= story.offer.nothing_new, story.newspaper.asked()
    assert "/robots.txt" not in {request.uri for request in story.newspaper.asked()}
    assert story.newspaper.report()["full"] is False
    story.newspaper.assert_right()


def test_a_new_post_is_added(story: Story) -> None:
    newspaper = story.newspaper
    newspaper.site.change(publish=["fresh", NEWS])
    stored = newspaper.crawl()
    assert stored[newspaper.post("fresh").id]["title"] == NEWS["post_title"]
    assert len(newspaper.asked()) <= story.offer.one_new, newspaper.asked()
    newspaper.assert_right()
    assert newspaper.told() == ["article.added"]


def test_an_edited_post_is_one_revision(story: Story) -> None:
    newspaper = story.newspaper
    edited = newspaper.post("caption").id
    newspaper.site.change(edit=["caption", EDIT])
    newspaper.crawl(**{} if story.offer.tells_edits else {"full": "1"})
    [revision] = newspaper.revisions()
    article = newspaper.stored()[edited]
    assert (revision["article_id"], article["revision"]) == (article["_id"], 1)
    assert set(revision["changed"]) >= {"title", "text"}
    assert set(revision["changed"]) <= {"title", "text", "images", "links", "excerpt"}
    assert_cheap(story)
    newspaper.assert_right()


def assert_cheap(story: Story) -> None:
    """The latest crawl, after one edit of whatever kind, asked for little, unless it had to ask for everything."""
    if story.offer.tells_edits:
        assert len(story.newspaper.asked()) <= story.offer.one_new, story.newspaper.asked()


def test_a_new_address_becomes_an_alias(story: Story) -> None:
    newspaper = story.newspaper
    former = newspaper.post("blocks")
    before = newspaper.stored()[former.id]["_id"]
    newspaper.site.change(edit=["blocks", RENAMED])
    article = newspaper.crawl(**{} if story.offer.tells_edits else {"full": "1"})[former.id]
    assert (article["_id"], article["url"]) == (before, newspaper.post("blocks").url)
    assert former.url in article["aliases"]
    assert newspaper.revisions()[-1]["changed"] == ["url"]
    assert_cheap(story)
    newspaper.assert_right()


def test_a_post_moves_to_another_category(story: Story) -> None:
    newspaper = story.newspaper
    newspaper.site.change(move=["several", "asia"])
    newspaper.crawl(**{} if story.offer.tells_edits else {"full": "1"})
    assert_cheap(story)
    moved = newspaper.stored()[newspaper.post("several").id]
    if "categories" in story.offer.reading.shows:
        assert moved["categories"] == ["Asia"]
        assert newspaper.revisions()[-1]["changed"] == ["categories"]
    newspaper.assert_right()


def test_a_scheduled_post_is_found_when_it_becomes_public(story: Story) -> None:
    newspaper = story.newspaper
    newspaper.site.change(release=["scheduled", SCHEDULED])
    post = newspaper.post("scheduled")
    assert post.modified_at < post.published_at
    assert newspaper.crawl()[post.id]["title"] == SCHEDULED["post_title"]
    assert len(newspaper.asked()) <= story.offer.one_new + 1, newspaper.asked()
    newspaper.assert_right()


def test_a_trashed_post_is_gone_when_two_whole_crawls_missed_it(story: Story) -> None:
    newspaper = story.newspaper
    trashed = newspaper.post("short")
    newspaper.site.change(trash=["short"])
    once = newspaper.crawl(full="1")[trashed.id]
    assert "missing_since" in once
    assert "gone_at" not in once
    gone = newspaper.crawl(full="1")[trashed.id]
    assert gone["gone_at"] >= gone["missing_since"]
    assert gone["text"] == trashed.pages[0]
    assert newspaper.told() == ["article.gone"]
    newspaper.assert_right()


def test_a_post_out_of_the_trash_has_returned(story: Story) -> None:
    newspaper = story.newspaper
    newspaper.site.change(untrash=["short"])
    article = newspaper.crawl(full="1")[newspaper.post("short").id]
    assert article.keys().isdisjoint({"gone_at", "missing_since"})
    assert newspaper.told() == ["article.returned"]
    newspaper.assert_right()

"""The same site again: unchanged, edited, with posts published and trashed, with other permalinks."""

from collections.abc import Iterable
from typing import Any

import pytest

from .comparison import assert_right
from .conftest import OpenCrawler, OpenSite
from .crawling import Crawler, Document
from .install import Site
from .scenarios import PRESSROOM
from .truth import Post, truth_of

EDIT = {
    "post_title": "Pictures, corrected",
    "post_content": "The editors regret the pictures.",
    "tags_input": ["corrected"],
}
NEWS = {
    "post_title": "Fresh from the pier",
    "post_content": "The ferry is early.",
    "post_date": "2025-02-03 04:05:06",
}
CONTENT = ("title", "text", "html", "authors", "published_at", "categories")


class Newspaper:
    """A site and its crawler. The tests of this module are one story, told in order."""

    def __init__(self, site: Site, crawler: Crawler) -> None:
        self.site = site
        self.crawler = crawler

    def crawl(self) -> dict[int, Document]:
        """Crawl it once more; the articles by WordPress id."""
        status = self.crawler.run("wordpress", site=self.site.url)
        assert status == 0, self.crawler.log()[-5000:]
        return {document["wp_id"]: document for document in self.crawler.documents()}

    def assert_right(self, documents: Iterable[Document]) -> None:
        """The documents are what the site has now."""
        assert_right(truth_of(self.site), documents, PRESSROOM)

    def announced(self) -> list[Document]:
        """The events that tell of articles."""
        events = self.crawler.documents("events")
        return [event for event in events if event["type"].startswith("article.")]

    def post(self, key: str) -> Post:
        """One public post."""
        return next(post for post in truth_of(self.site).values() if post.key == key)


@pytest.fixture(scope="module")
def newspaper(open_site: OpenSite, open_crawler: OpenCrawler) -> Newspaper:
    site = open_site("again")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    newspaper = Newspaper(site, open_crawler("again"))
    newspaper.crawl()
    return newspaper


def without_sighting(document: Document) -> dict[str, Any]:
    """A document without what every sighting may change."""
    source = {name: value for name, value in document["source"].items() if name != "fetched_at"}
    return {name: value for name, value in document.items() if name != "last_seen_at"} | {"source": source}


def test_a_second_crawl_changes_only_when_it_was_seen(newspaper: Newspaper) -> None:
    before, events = newspaper.crawler.documents(), newspaper.announced()
    newspaper.crawl()
    after = newspaper.crawler.documents()
    assert list(map(without_sighting, after)) == list(map(without_sighting, before))
    assert all(new["last_seen_at"] > old["last_seen_at"] for new, old in zip(after, before, strict=True))
    assert newspaper.crawler.documents("revisions") == []
    assert newspaper.announced() == events


def test_an_edited_post_becomes_one_revision_with_what_it_said(newspaper: Newspaper) -> None:
    former = newspaper.post("caption")
    old = next(document for document in newspaper.crawler.documents() if document["wp_id"] == former.id)
    newspaper.site.change(edit=["caption", EDIT])
    stored = newspaper.crawl()
    [revision] = newspaper.crawler.documents("revisions")
    assert revision["article_id"] == old["_id"]
    assert {name: revision[name] for name in CONTENT} == {name: old[name] for name in CONTENT}
    assert set(revision["changed"]) >= {"title", "text", "tags"}
    assert stored[former.id]["_id"] == old["_id"]
    revisions = {id_: document["revision"] for id_, document in stored.items()}
    assert revisions == dict.fromkeys(stored, 0) | {former.id: 1}
    newspaper.assert_right(stored.values())


def test_a_published_post_is_added_and_a_trashed_one_kept_as_gone(newspaper: Newspaper) -> None:
    trashed = newspaper.post("short")
    newspaper.site.change(publish=["fresh", NEWS], trash=["short"])
    newspaper.crawl()
    stored = newspaper.crawl()
    gone = stored.pop(trashed.id)
    assert gone["gone_at"] >= gone["missing_since"]
    assert (gone["title"], gone["text"]) == (trashed.title, trashed.pages[0])
    assert [document["title"] for document in stored.values() if "gone_at" in document] == []
    newspaper.assert_right(stored.values())
    assert len(newspaper.crawler.documents("revisions")) == 1


def test_moved_permalinks_make_no_second_article(newspaper: Newspaper) -> None:
    documents = newspaper.crawler.documents()
    former = {document["wp_id"]: document for document in documents if "gone_at" not in document}
    newspaper.site.change(structure=["/%year%/%postname%/"])
    stored = newspaper.crawl()
    assert len(newspaper.crawler.documents()) == len(documents)
    newspaper.assert_right(document for id_, document in stored.items() if id_ in former)
    for id_, document in former.items():
        assert stored[id_]["_id"] == document["_id"]
        assert document["url"] in stored[id_]["aliases"]

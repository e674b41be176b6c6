"""The same site again by its pages: unchanged, edited, with posts published and trashed, with other permalinks."""

import pytest

from .conftest import OpenCrawler, OpenSite
from .newspaper import Newspaper
from .scenarios import BY_PAGES, PRESSROOM

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


@pytest.fixture(scope="module")
def newspaper(open_site: OpenSite, open_crawler: OpenCrawler) -> Newspaper:
    """The tests of this module are one story, told in order."""
    site = open_site("again")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    newspaper = Newspaper(site, open_crawler("again"), PRESSROOM, {"routes": BY_PAGES, "full": "1"})
    newspaper.crawl()
    return newspaper


def test_a_second_crawl_changes_only_when_it_was_seen(newspaper: Newspaper) -> None:
    before = newspaper.crawler.documents()
    with newspaper.nothing_written():
        newspaper.crawl()
    after = newspaper.crawler.documents()
    assert all(new["last_seen_at"] > old["last_seen_at"] for new, old in zip(after, before, strict=True))
    assert newspaper.revisions() == []


def test_an_edited_post_becomes_one_revision_with_what_it_said(newspaper: Newspaper) -> None:
    former = newspaper.post("caption")
    old = newspaper.stored()[former.id]
    newspaper.site.change(edit=["caption", EDIT])
    stored = newspaper.crawl()
    [revision] = newspaper.revisions()
    assert revision["article_id"] == old["_id"]
    assert {name: revision[name] for name in CONTENT} == {name: old[name] for name in CONTENT}
    assert set(revision["changed"]) >= {"title", "text", "tags"}
    assert stored[former.id]["_id"] == old["_id"]
    revisions = {id_: document["revision"] for id_, document in stored.items()}
    assert revisions == dict.fromkeys(stored, 0) | {former.id: 1}
    newspaper.assert_right()


def test_a_published_post_is_added_and_a_trashed_one_kept_as_gone(newspaper: Newspaper) -> None:
    trashed = newspaper.post("short")
    newspaper.site.change(publish=["fresh", NEWS], trash=["short"])
    newspaper.crawl()
    stored = newspaper.crawl()
    gone = stored.pop(trashed.id)
    assert gone["gone_at"] >= gone["missing_since"]
    assert (gone["title"], gone["text"]) == (trashed.title, trashed.pages[0])
    assert [document["title"] for document in stored.values() if "gone_at" in document] == []
    newspaper.assert_right()
    assert len(newspaper.revisions()) == 1


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

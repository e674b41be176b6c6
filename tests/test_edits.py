"""Which differences between two readings are edits."""

from datetime import timedelta
from typing import Any

import pytest

from crawler.changes import Document, decide_seen
from crawler.edits import MAX_UNTOLD, PATIENCE

from .examples import LATER, MUCH_LATER, NOW, TEXT, a_document, stored

BY_REST: dict[str, Any] = {"source": {"route": "rest", "read_from": "rest"}}
OTHER_MARKUP: dict[str, Any] = {"images": [{"url": "https://news.example/other.jpg"}], "excerpt": "It stays."}


def test_another_route_shows_the_same_version_in_its_own_way() -> None:
    known = stored(modified_at=NOW)
    seen = a_document(modified_at=NOW, text=TEXT + " Read more.", comment_count=4, language="en", **BY_REST)
    decision = decide_seen(known, seen, LATER)
    assert decision.change.kind == "unchanged"
    assert decision.set == {"last_seen_at": LATER, "comment_count": 4, "language": "en"}


def test_without_modification_dates_the_words_tell_that_the_version_is_the_same() -> None:
    decision = decide_seen(stored(), a_document(**OTHER_MARKUP, **BY_REST), LATER)
    assert decision.change.kind == "unchanged"
    assert decide_seen(stored(), a_document(text="Something else.", content_hash="1:x", **BY_REST), LATER).revision


WHOLE = "\n\n".join(f"Page {number} tells of the {word}." for number, word in enumerate(("ferry", "quay", "fog")))


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        ({"title": "The bridge goes"}, ["title"]),
        ({"title": "The bridge stays – The Example News"}, []),
        ({"title": "THE BRIDGE STAYS!"}, []),
        ({"title": None}, []),
        ({"categories": ["Culture"]}, ["categories"]),
        ({"categories": ["town", "Culture"]}, []),
        ({"categories": []}, []),
    ],
)
def test_a_headline_or_a_category_that_was_changed_is_seen_by_another_route(
    told: dict[str, Any], changed: list[str]
) -> None:
    known = stored(modified_at=NOW, **BY_REST)
    assert decide_seen(known, a_document(**told), LATER).change.fields == changed


def test_a_page_without_a_pager_cuts_no_post_that_is_stored_whole() -> None:
    known = stored(text=WHOLE, page_count=3, modified_at=NOW, **BY_REST)
    first = a_document(text=WHOLE.split("\n\n")[0], content_hash="1:x", page_count=1)
    assert decide_seen(known, first, LATER).change.kind == "unchanged"
    rewritten = a_document(text="Something else.", content_hash="1:y", page_count=1)
    assert decide_seen(known, rewritten, LATER).change.fields == ["text", "page_count"]


def test_a_post_that_was_read_in_part_is_made_whole_by_another_route() -> None:
    known = stored(text=WHOLE.split("\n\n")[0], content_hash="1:x", page_count=1, modified_at=NOW)
    whole = a_document(text=WHOLE, content_hash="1:z", page_count=3, modified_at=NOW, **BY_REST)
    assert decide_seen(known, whole, LATER).change.fields == ["text", "page_count"]


def test_an_edit_that_the_page_does_not_date_is_not_dated_as_the_former_one() -> None:
    known = stored(modified_at=NOW)
    assert decide_seen(known, a_document(title="The bridge goes"), LATER).unset == ("modified_at",)
    assert decide_seen(known, a_document(categories=["Culture"]), LATER).unset == ()


def test_what_shows_no_body_says_nothing_of_its_pages() -> None:
    known = stored(modified_at=NOW, access="password", page_count=2, **BY_REST)
    seen = a_document(access="password", page_count=1)
    for document in (known, seen):
        del document["text"], document["content_hash"]
    assert decide_seen(known, seen, LATER).change.kind == "unchanged"


def test_another_route_with_a_later_modification_shows_an_edit() -> None:
    decision = decide_seen(stored(modified_at=NOW), a_document(modified_at=LATER, title="B", **BY_REST), LATER)
    assert decision.change.fields == ["title"]


BY_FEED: dict[str, Any] = {"source": {"route": "feed", "read_from": "feed"}}


def test_a_feed_never_changes_a_post_of_several_pages() -> None:
    known = stored(page_count=3, modified_at=NOW)
    seen = a_document(text="The first page.", content_hash="1:x", title="B", modified_at=LATER, **BY_FEED)
    decision = decide_seen(known, seen, LATER)
    assert (decision.change.kind, decision.set) == ("unchanged", {"last_seen_at": LATER})
    assert decide_seen(stored(page_count=1, modified_at=NOW), seen, LATER).change.fields == ["title", "text"]


def test_a_password_protected_post_that_is_opened_is_an_edit() -> None:
    known = stored(modified_at=NOW, access="password")
    del known["text"]
    decision = decide_seen(known, a_document(modified_at=NOW, text=TEXT, **BY_REST), LATER)
    assert "text" in decision.change.fields


def test_a_stale_cache_changes_nothing_not_even_the_address() -> None:
    known = stored(modified_at=LATER)
    decision = decide_seen(known, a_document(modified_at=NOW, title="Old", url="https://news.example/old/"), MUCH_LATER)
    assert decision.change.kind == "unchanged"
    assert decision.set == {"last_seen_at": MUCH_LATER}


def test_the_route_says_when_the_unchanged_was_modified() -> None:
    known = stored(source={"route": "sitemap", "lastmod": NOW, "fetched_at": NOW})
    seen = a_document(source={"route": "sitemap", "lastmod": LATER, "fetched_at": LATER})
    assert decide_seen(known, seen, LATER).set["source"] == {"route": "sitemap", "lastmod": LATER, "fetched_at": NOW}


def visits(known: Document, count: int, pause: timedelta, **dated: Any) -> tuple[Document, int]:
    """What is stored after so many visits, each with another text, and how many changes that made."""
    changes = 0
    for visit in range(1, count + 1):
        told: dict[str, Any] = {"modified_at": NOW + visit * pause} if dated else {}
        decision = decide_seen(known, a_document(text=f"Teaser {visit}.", **told), NOW + visit * pause)
        known, changes = decision.document, changes + (decision.change.kind == "changed")
    return known, changes


def test_a_page_that_differs_at_every_visit_is_damped() -> None:
    known, changes = visits(stored(), 3 * MAX_UNTOLD, timedelta(minutes=5))
    assert changes == MAX_UNTOLD
    assert known["text"] == f"Teaser {MAX_UNTOLD}."


def test_a_damped_page_still_changes_once_a_day() -> None:
    known, _ = visits(stored(), MAX_UNTOLD, timedelta(minutes=5))
    later = known["last_changed_at"] + PATIENCE
    assert decide_seen(known, a_document(text="Edited."), later).change.fields == ["text"]


@pytest.mark.parametrize("count", [1, 3 * MAX_UNTOLD])
def test_edits_that_the_site_dates_are_never_damped(count: int) -> None:
    known, changes = visits(stored(modified_at=NOW), count, timedelta(minutes=5), dated=True)
    assert changes == count
    assert known.get("untold_changes", 0) == 0

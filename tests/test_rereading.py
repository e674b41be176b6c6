"""What an archived answer, read again, means for what is stored."""

from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId

from crawler.changes import Document, decide_missing, decide_new
from crawler.events import event_of_document, untold_events
from crawler.rereading import Verdict, decide_reread, verdict

READ = datetime(2025, 12, 3, 18, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ID = ObjectId("692f0a3c5d1e8b7a4c2f9e01")

BROWSED = {"read_from": "page", "browser": True, "fetched_at": READ}
"""Of an article that scripts have made; an archive may have no more than the shell."""


def seen(at: datetime = READ, **fields: object) -> Document:
    """A reading of what came then."""
    source = {"route": "reread", "read_from": "page", "fetched_at": at, "status": 200}
    told: Document = {
        "schema": 1, "site": "news.example", "url": "https://news.example/a/", "title": "The bridge",
        "text": "It holds.",
        "authors": ["Jane Doe"], "aliases": [], "access": "open", "content_hash": "1:a", "source": source,
    }  # fmt: skip
    return told | {"images": [], "embeds": [], "links": [], "categories": [], "tags": [], "page_count": 1} | fields


def known(**fields: object) -> Document:
    """What a crawl stored of it, and saw unchanged a day later."""
    read = seen(source={"route": "archive", "read_from": "page", "fetched_at": READ, "lastmod": READ, "status": 200})
    document = decide_new(read | {"title": "The bridge - News"}, ID, READ.replace(microsecond=0)).document
    return document | {"last_seen_at": READ + timedelta(days=1)} | fields


def test_another_result_is_a_change_of_the_reader() -> None:
    decision = decide_reread(known(), seen(), ID, NOW)
    assert decision.change.kind == "reread"
    assert decision.change.fields == ["title"]
    assert decision.revision
    assert decision.revision["replaced_by"] == "reread"
    assert decision.revision["title"] == "The bridge - News"
    document = decision.document
    assert (document["title"], document["revision"]) == ("The bridge", 1)
    assert document["reread"] == {"at": NOW, "revision": 1, "fields": ["title"]}
    for name in ("last_seen_at", "last_changed_at", "last_change", "first_seen_at"):
        assert document[name] == known()[name]
    assert document["source"]["route"] == "archive"
    assert document["source"]["lastmod"] == READ
    event = event_of_document(document)
    assert (event.type, event.at, event.fields, event.revision) == ("article.reread", NOW, ("title",), 1)


def test_the_same_result_changes_nothing() -> None:
    again = decide_reread(known(), seen(), ID, NOW).document
    decision = decide_reread(again, seen(), ID, NOW + timedelta(days=1))
    assert (decision.change.kind, decision.revision, decision.set, decision.unset) == ("unchanged", None, {}, ())


def test_html_alone_is_brought_up_without_a_revision() -> None:
    stored = decide_reread(known(), seen(), ID, NOW).document
    decision = decide_reread(stored, seen(html="<p>It holds.</p>"), ID, NOW)
    assert (decision.change.kind, decision.revision) == ("unchanged", None)
    assert decision.set == {"html": "<p>It holds.</p>"}


@pytest.mark.parametrize(
    ("stored", "reading", "expected"),
    [
        (None, seen(), Verdict.NEW),
        (known(), seen(), Verdict.AGAIN),
        (known(), seen(READ + timedelta(hours=2)), Verdict.AGAIN),
        (known(), seen(READ - timedelta(seconds=1)), Verdict.OUTDATED),
        (known(), seen(READ + timedelta(days=2)), Verdict.LATER),
        (known(modified_at=READ), seen(READ + timedelta(hours=2), modified_at=READ.replace(day=1)), Verdict.OUTDATED),
        (known(gone_at=READ + timedelta(days=1)), seen(READ + timedelta(days=2)), Verdict.AGAIN),
        (known(), seen(source={"read_from": "feed", "fetched_at": READ}), Verdict.OTHER_ROUTE),
        (known(source=BROWSED), seen(source=BROWSED), Verdict.AGAIN),
        (known(modified_at=READ, source=BROWSED), seen(READ + timedelta(days=2), modified_at=NOW), Verdict.OTHER_ROUTE),
        (
            known(modified_at=READ, source=BROWSED),
            seen(modified_at=NOW, source={"read_from": "rest", "fetched_at": NOW}),
            Verdict.LATER,
        ),
        (known(), seen(READ + timedelta(days=2), source={"read_from": "feed", "fetched_at": NOW}), Verdict.OTHER_ROUTE),
        (
            known(modified_at=READ),
            seen(modified_at=NOW, source={"read_from": "rest", "fetched_at": NOW}),
            Verdict.LATER,
        ),
    ],
)  # fmt: skip
def test_what_an_answer_is_to_what_is_stored(stored: Document | None, reading: Document, expected: Verdict) -> None:
    assert verdict(stored, reading) is expected


def test_what_is_older_is_left_alone() -> None:
    decision = decide_reread(known(), seen(READ - timedelta(days=1), title="Former"), ID, NOW)
    assert (decision.change.kind, decision.set, decision.document) == ("unchanged", {}, known())


def test_what_is_gone_stays_gone() -> None:
    missing = decide_missing(known(), READ + timedelta(days=2)).document
    gone = decide_missing(missing, READ + timedelta(days=3)).document
    assert gone["gone_at"]
    decision = decide_reread(gone, seen(), ID, NOW)
    assert decision.change.kind == "reread"
    assert decision.document["gone_at"] == gone["gone_at"]
    assert "gone_at" not in (*decision.set, *decision.unset)


@pytest.mark.parametrize(("hours", "is_missing"), [(30, True), (60, False)])
def test_what_came_before_it_was_missed_is_not_found_again(hours: int, is_missing: bool) -> None:
    missing = decide_missing(known(), READ + timedelta(days=2)).document
    decision = decide_reread(missing, seen(READ + timedelta(hours=hours)), ID, NOW)
    assert decision.document["last_seen_at"] == READ + timedelta(hours=hours)
    assert ("missing_since" in decision.document) is is_missing
    assert ("missing_since" in decision.unset) is not is_missing


def test_what_is_later_than_every_crawl_is_a_change_of_the_site() -> None:
    at = READ + timedelta(days=30)
    decision = decide_reread(known(), seen(at, text="It fell.", content_hash="1:b"), ID, NOW)
    assert decision.change.kind == "changed"
    assert decision.document["last_seen_at"] == at
    assert decision.set["last_seen_at"] == at


def test_what_is_new_was_seen_when_it_was_archived() -> None:
    decision = decide_reread(None, seen(), ID, NOW)
    assert decision.change.kind == "added"
    assert decision.document["first_seen_at"] == decision.document["last_seen_at"] == READ
    assert decision.document["last_changed_at"] == NOW


def test_what_a_crawl_knows_better_is_kept() -> None:
    stored = known(comment_count=12, next_url="https://news.example/b/", modified_at=READ)
    decision = decide_reread(stored, seen(comment_count=3, text="It holds well.", content_hash="1:c"), ID, NOW)
    for name in ("comment_count", "next_url", "modified_at"):
        assert decision.document[name] == stored[name]


def test_a_killed_run_tells_later_what_was_the_readers_doing() -> None:
    first = decide_reread(known(), seen(), ID, NOW)
    second = decide_reread(first.document, seen(text="It holds well.", content_hash="1:c"), ID, NOW)
    assert first.revision
    assert second.revision
    events = untold_events(second.document, [first.revision, second.revision], {0})
    assert [(event.type, event.revision, event.fields) for event in events] == [
        ("article.reread", 1, ("title",)),
        ("article.reread", 2, ("text",)),
    ]

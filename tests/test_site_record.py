"""What is known of a site <-> its document."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import Document
from crawler.layout import Shown
from crawler.routes.ladder import State
from crawler.site_record import (
    CompletenessRecord,
    Cursor,
    Health,
    Offer,
    SiteRecord,
    Validator,
    from_document,
    to_document,
    update_of,
)

from .examples import HOME, LATER, NOW, SITE

RECORD = SiteRecord(
    id=SITE,
    url=f"{HOME}/",
    listed=True,
    added_at=NOW,
    next_due_at=LATER,
    aliases=["old.example"],
    home=f"{HOME}/",
    language="en-GB",
    types=["post", "product"],
    offers={
        "rest": Offer(state=State.COMPLETE, url=f"{HOME}/wp-json/", checked_at=NOW),
        "feed": Offer(state=State.SUMMARY, url=f"{HOME}/feed/", reason="only the beginning of each article"),
    },
    offers_expire_at=LATER,
    route="rest",
    route_reason="the cheapest that is complete",
    cursor=Cursor(modified=NOW),
    validators={"feed": Validator(url=f"{HOME}/feed/", last_modified="Wed, 03 Dec 2025 18:00:00 GMT")},
    counts={"rest": 120, "sitemap": 118},
    complete=CompletenessRecord(at=NOW, value=False, missing=2, why=["the chain names 2 posts that answer 500"]),
    health=Health(status=200),
    layout={"page": {"authors": Shown(recent="110", shown=9, of=10, last_shown_at=NOW)}},
    checked_at=NOW,
    changed_at=NOW,
    swept_at=NOW,
    interval_seconds=1800,
)

DOCUMENT: Document = {
    "_id": SITE,
    "url": "https://news.example/",
    "listed": True,
    "added_at": NOW,
    "next_due_at": LATER,
    "aliases": ["old.example"],
    "home": "https://news.example/",
    "language": "en-GB",
    "types": ["post", "product"],
    "offers": {
        "rest": {"state": "complete", "url": "https://news.example/wp-json/", "checked_at": NOW},
        "feed": {
            "state": "summary",
            "url": "https://news.example/feed/",
            "reason": "only the beginning of each article",
        },
    },
    "offers_expire_at": LATER,
    "route": "rest",
    "route_reason": "the cheapest that is complete",
    "cursor": {"modified": NOW},
    "validators": {
        "feed": {"url": "https://news.example/feed/", "last_modified": "Wed, 03 Dec 2025 18:00:00 GMT"},
    },
    "counts": {"rest": 120, "sitemap": 118},
    "complete": {"at": NOW, "value": False, "missing": 2, "why": ["the chain names 2 posts that answer 500"]},
    "health": {"status": 200, "failures": 0},
    "layout": {"page": {"authors": {"recent": "110", "shown": 9, "of": 10, "last_shown_at": NOW}}},
    "checked_at": NOW,
    "changed_at": NOW,
    "swept_at": NOW,
    "interval_seconds": 1800,
}


def test_a_record_is_kept_as_a_document_and_read_back() -> None:
    assert to_document(RECORD) == DOCUMENT
    assert from_document(DOCUMENT) == RECORD


def test_what_is_not_known_is_absent() -> None:
    assert to_document(SiteRecord(id=SITE)) == {"_id": SITE, "listed": False}
    assert from_document({"_id": SITE}) == SiteRecord(id=SITE)


def test_times_are_utc_in_whole_milliseconds() -> None:
    summer = datetime(2025, 7, 1, 12, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=2)))
    document = to_document(SiteRecord(id=SITE, cursor=Cursor(modified=summer)))
    assert document["cursor"]["modified"] == datetime(2025, 7, 1, 10, 0, 0, 123_000, tzinfo=UTC)


def test_fields_of_a_later_version_are_left_out() -> None:
    later = DOCUMENT | {"colour": "red", "health": DOCUMENT["health"] | {"mood": "good"}}
    assert from_document(later) == RECORD


@pytest.mark.parametrize("key", ["news.example", "$set", ""])
def test_what_mongodb_would_read_as_a_path_is_no_key(key: str) -> None:
    for record in (
        SiteRecord(id=SITE, counts={key: 1}),
        SiteRecord(id=SITE, offers={key: Offer(state=State.COMPLETE)}),
    ):
        with pytest.raises(ValueError, match="cannot be the name of a field"):
            to_document(record)


def test_nothing_learned_is_nothing_to_write() -> None:
    assert update_of(RECORD, replace(RECORD)) == {}


def test_only_what_a_crawl_learned_is_written() -> None:
    after = replace(RECORD, checked_at=LATER, health=Health(status=503, failures=1, last_error="http_503"), cursor=None)
    assert update_of(RECORD, after) == {
        "$set": {"checked_at": LATER, "health": {"status": 503, "failures": 1, "last_error": "http_503"}},
        "$unset": {"cursor": ""},
    }


def test_a_crawl_does_not_write_what_the_list_owns() -> None:
    after = replace(RECORD, url="https://elsewhere.example/", listed=False, added_at=LATER)
    assert update_of(RECORD, after) == {}


names = st.sampled_from(["rest", "feed", "sitemap"])
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - bounds of st.datetimes are naive
    lambda moment: moment.replace(microsecond=0)
)
records = st.builds(
    SiteRecord,
    id=st.just(SITE),
    url=st.none() | st.just(f"{HOME}/"),
    listed=st.booleans(),
    added_at=st.none() | times,
    next_due_at=st.none() | times,
    not_before=st.none() | times,
    aliases=st.lists(st.text()),
    offers=st.dictionaries(names, st.builds(Offer, state=st.just("absent"), reason=st.none() | st.text())),
    validators=st.dictionaries(names, st.builds(Validator, url=st.text(), etag=st.none() | st.text())),
    counts=st.dictionaries(names, st.integers(0)),
    cursor=st.none() | st.builds(Cursor, modified=times),
    complete=st.none() | st.builds(CompletenessRecord, at=times, value=st.booleans(), why=st.lists(st.text())),
    health=st.none() | st.builds(Health, status=st.none() | st.integers(100, 599)),
    interval_seconds=st.none() | st.integers(0),
)


@given(record=records)
def test_every_record_survives(record: SiteRecord) -> None:
    assert from_document(to_document(record)) == record


@given(before=records, after=records)
def test_an_update_leads_from_one_to_the_other(before: SiteRecord, after: SiteRecord) -> None:
    document, update = to_document(before), update_of(before, after)
    changed = document | update.get("$set", {})
    written = from_document({name: value for name, value in changed.items() if name not in update.get("$unset", {})})
    assert written == replace(after, url=before.url, listed=before.listed, added_at=before.added_at)

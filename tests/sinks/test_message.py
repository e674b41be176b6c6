"""What listeners get."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import pytest
from bson import ObjectId
from hypothesis import given
from hypothesis import strategies as st

from crawler.sinks.message import body_of, event_json, headers_of

from ..examples import NOW

EVENT: dict[str, Any] = {
    "_id": "0123456789abcdef01234567:1:changed",
    "type": "article.changed",
    "at": NOW,
    "article_id": ObjectId("0123456789abcdef01234567"),
    "title": "Brücke \u2028 <b>",
    "fields": ["title"],
    "seq": 17,
    "counts": {"found": 3},
}


def test_an_event_is_one_line_of_plain_json() -> None:
    line = event_json(EVENT)
    assert "\n" not in line
    assert json.loads(line) == {
        "cursor": 17,
        "id": "0123456789abcdef01234567:1:changed",
        "type": "article.changed",
        "at": "2025-12-03T18:00:00Z",
        "article_id": "0123456789abcdef01234567",
        "title": "Brücke \u2028 <b>",
        "fields": ["title"],
        "counts": {"found": 3},
    }


def test_times_are_utc_whatever_zone_they_come_in() -> None:
    local = datetime.fromisoformat("2025-12-03T20:00:00.250+02:00")
    assert json.loads(event_json(EVENT | {"at": local}))["at"] == "2025-12-03T18:00:00.250000Z"


def test_what_has_no_form_is_told() -> None:
    with pytest.raises(TypeError, match="bytes"):
        event_json(EVENT | {"title": b"?"})


def test_a_lone_surrogate_does_not_stop_the_rest() -> None:
    body, count = body_of([EVENT | {"title": "\ud800"}, EVENT], most=10)
    assert count == 2
    assert json.loads(body)["events"][0]["title"] == "\ud800"


@given(titles=st.lists(st.text(max_size=300), min_size=1, max_size=20), most=st.integers(1, 20))
def test_as_many_as_fit_and_at_least_one(titles: list[str], most: int) -> None:
    events = [EVENT | {"title": title, "seq": number} for number, title in enumerate(titles)]
    body, count = body_of(events, most, most_bytes=1_000)
    assert [event["cursor"] for event in json.loads(body)["events"]] == list(range(count))
    assert 1 <= count <= most
    assert count == 1 or len(body) <= 1_000 + len(b'{"events":[]}')
    assert count in (most, len(titles)) or len(body_of(events, count + 1, 10**9)[0]) > 1_000


def test_headers_prove_who_sent_it_and_when_and_tell_a_repetition() -> None:
    body, _ = body_of([EVENT], most=1)
    headers = headers_of(body, "hush", NOW)
    stamp = str(int(NOW.timestamp()))
    expected = hmac.new(b"hush", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Presswalk-Timestamp"] == stamp
    assert headers["X-Presswalk-Signature"] == f"sha256={expected}"
    assert headers["Content-Type"] == "application/json"
    assert headers["Idempotency-Key"] == headers_of(body, "other", NOW)["Idempotency-Key"]
    assert headers["Idempotency-Key"] != headers_of(body + b" ", "hush", NOW)["Idempotency-Key"]
    assert "X-Presswalk-Signature" not in headers_of(body, "", NOW)

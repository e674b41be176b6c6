"""A small archive with something of all that a report tells, and what strangers may write."""

from datetime import timedelta
from typing import Any

from bson import ObjectId

from crawler.changes import Document, decide_missing, decide_seen

from ..examples import NOW, stored

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

HOSTILE = '</title><script>alert("x")</script><img src="http://127.0.0.1:9/x" onerror=alert(1)>{{ 7*7 }}'


def archive() -> dict[str, list[Document]]:
    """Two sites: ``a.example`` was first seen at NOW, and two articles came later; ``b.example`` copies one of them."""
    old = stored(
        "old", site="a.example", url="https://a.example/old/", published_at=NOW - 40 * DAY, categories=["Town"]
    )
    day = stored("day", site="a.example", url="https://a.example/day/", published_at=NOW + DAY, authors=[])
    quick = stored("quick", site="a.example", url="https://a.example/quick/", published_at=NOW + DAY)
    undated = stored("undated", site="b.example", url="javascript:alert(1)", title=HOSTILE, authors=[HOSTILE])
    copy = stored("copy", site="b.example", url="https://b.example/copy/", published_at=NOW + DAY + HOUR)
    day |= {"published_precision": "day", "first_seen_at": NOW + DAY + 9 * HOUR}
    quick |= {"first_seen_at": NOW + DAY + timedelta(minutes=6), "story_id": str(quick["_id"])}
    copy |= {"first_seen_at": NOW + DAY + 3 * HOUR, "story_id": str(quick["_id"]), "duplicate_of": str(quick["_id"])}
    del undated["published_at"]
    edit = decide_seen(quick, quick | {"title": f"The bridge goes {HOSTILE}", "categories": [HOSTILE]}, NOW + 2 * DAY)
    gone = decide_missing(decide_missing(old, NOW + DAY).document, NOW + 2 * DAY).document
    assert edit.revision
    return {
        "articles": [gone, day, edit.document, undated, copy],
        "revisions": [edit.revision],
        "sites": [_site("a.example"), _site("b.example", failures=3, last_error="timeout")],
        "runs": [_run(NOW, 100), _run(NOW + DAY, 20, exit_status=3), {"spider": "category", "started_at": NOW}],
    }


def _site(name: str, **health: Any) -> Document:
    return {"_id": name, "listed": True, "checked_at": NOW, "route": "rest", "health": {"status": 200} | health}


def _run(at: Any, requests: int, exit_status: int = 0) -> Document:
    return {
        "_id": ObjectId(), "spider": "wordpress", "started_at": at, "finished_at": at + timedelta(seconds=requests),
        "finish_reason": "finished", "exit_status": exit_status, "hosts": ["a.example"],
        "sites": [{"site": "a.example"}],
        "counts": {"articles": {"added": 4}, "errors": {}, "requests": requests, "bytes": requests * 1000},
    }  # fmt: skip

"""Events and sinks in words."""

from datetime import timedelta
from typing import Any

import pytest

from crawler.event_report import Wanted, line, sink_lines
from crawler.sink_state import SinkState

from .examples import HOME, LATER, NOW, SITE

CHANGED: dict[str, Any] = {
    "_id": "x:1:changed", "seq": 7, "type": "article.changed", "at": NOW, "site": f"{SITE}/blog",
    "url": f"{HOME}/blog/x/", "title": "The bridge goes", "fields": ["title"],
}  # fmt: skip
RUN: dict[str, Any] = {"_id": "r", "seq": 8, "type": "run.finished", "at": LATER, "sites": [SITE, "other.example"]}


@pytest.mark.parametrize(
    ("wanted", "which"),
    [
        (Wanted(), "both"),
        (Wanted(types=("article",)), "changed"),
        (Wanted(types=("article.changed", "site")), "changed"),
        (Wanted(types=("article.gone",)), "none"),
        (Wanted(types=("run",)), "run"),
        (Wanted(site=f"{SITE}/blog"), "both"),
        (Wanted(site=SITE), "run"),
        (Wanted(site="third.example"), "none"),
        (Wanted(since=LATER), "run"),
        (Wanted(since=NOW), "both"),
    ],
)
def test_what_is_wanted(wanted: Wanted, which: str) -> None:
    assert wanted.has(CHANGED) is (which in ("both", "changed"))
    assert wanted.has(RUN) is (which in ("both", "run"))


def test_events_in_words() -> None:
    when = f"{NOW:%Y-%m-%d %H:%M:%S}"
    assert line(CHANGED) == f"       7  {when}  article.changed      {SITE}/blog  The bridge goes  {HOME}/blog/x/"
    assert line(RUN) == f"       8  {LATER:%Y-%m-%d %H:%M:%S}  run.finished         {SITE}, other.example"
    moved = {"seq": 9, "type": "site.changed", "at": NOW, "site": SITE, "fields": ["home", "route"]}
    assert line(moved) == f"       9  {when}  site.changed         {SITE}  home, route"


def test_sinks_in_words() -> None:
    well = SinkState("archive", after=1_900, delivered=1_900)
    failing = SinkState(
        "slow", after=0, failures=2, last_error="timeout", next_try_at=NOW + timedelta(minutes=1), delivered=0
    )
    assert list(sink_lines([well, failing], 2_000)) == [
        "archive: active, 1,900 delivered, cursor 1900, 100 to go",
        "slow: active, 0 delivered, cursor 0, 2,000 to go",
        f"    2 failures in a row, the last one timeout; next attempt {NOW + timedelta(minutes=1):%Y-%m-%d %H:%M:%S}",
    ]
    assert list(sink_lines([], 0)) == ["no webhook was ever served; set EVENTS_WEBHOOK_URLS, see docs/events.md"]

"""docs/events.md says what the code does: its programs run, its examples have the fields of the schema."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pymongo.database import Database as BlockingDatabase
from scrapy.settings import Settings

from crawler.events import ArticleEvent, ArticleEventType, RunFinished, SiteEventType
from crawler.outbox import GAP, GRACE
from crawler.sinks.message import body_of, headers_of
from crawler.sinks.options import SinkOptions
from crawler.storage.events import to_document

from ..examples import NOW
from ..sinks.events import history

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "events.md").read_text("utf-8")
VERIFYING, LISTENING = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)


def program(source: str) -> dict[str, Any]:
    """The names that a documented program defines."""
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - our own
    return names


def test_every_type_is_documented() -> None:
    told = set(re.findall(r"`((?:article|site|run)\.\w+)`", DOCUMENT.partition("## What is guaranteed")[0]))
    assert told == {*get_args(ArticleEventType), *get_args(SiteEventType), "run.finished"}
    assert f"`{GAP}`" in DOCUMENT
    assert f"{GRACE.seconds} seconds" in DOCUMENT


def test_the_defaults_are_those_of_the_settings() -> None:
    options = SinkOptions.of(Settings())
    project = Settings()
    project.setmodule("crawler.settings")
    assert SinkOptions.of(project) == options
    assert (options.batch, options.timeout, options.closing, options.park_after) == (100, 10.0, 10.0, 100)
    assert (options.retry, options.retry_most) == (5.0, 900.0)


def test_the_example_has_the_fields_of_events() -> None:
    [example] = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    changed, finished = json.loads(example)["events"]
    both = {"cursor", "recorded_at"}
    assert {f.name for f in fields(RunFinished)} | both == finished.keys()
    assert {f.name for f in fields(ArticleEvent)} - {"duplicate_of"} | both == changed.keys()
    assert get_type_hints(ArticleEvent)["duplicate_of"] == str | None


def test_the_documented_check_knows_a_genuine_message(monkeypatch: Any) -> None:
    is_genuine = program(VERIFYING)["is_genuine"]
    body, _ = body_of([to_document(event) | {"seq": 1, "recorded_at": NOW} for event in history(1)], most=3)
    headers = headers_of(body, "hush", NOW)
    monkeypatch.setattr("time.time", lambda: NOW.timestamp() + 20)
    assert is_genuine(headers, body, "hush")
    assert not is_genuine(headers, body + b" ", "hush")
    assert not is_genuine(headers, body, "other")
    assert not is_genuine(headers | {"X-Presswalk-Timestamp": str(int(NOW.timestamp()) + 1)}, body, "hush")
    monkeypatch.setattr("time.time", lambda: NOW.timestamp() + 600)
    assert not is_genuine(headers, body, "hush"), "it was sent long ago"


def test_the_documented_stream_goes_on_where_it_was(
    blocking_database: BlockingDatabase[dict[str, Any]], mongodb_uri: str
) -> None:
    """With a token there is no need to wait for what happens next."""
    listen = program(LISTENING.replace("client.presswalk.", f"client[{blocking_database.name!r}]."))["listen"]
    events = blocking_database["events"]
    with events.watch() as stream:
        events.insert_one({"_id": "before"})
        token = next(stream)["_id"]
    told = [to_document(event) | {"seq": seq} for seq, event in zip((1, 2, 4), history(1), strict=True)]
    events.insert_many([*told[:2], {"_id": "gap:3", "type": GAP, "seq": 3}, told[2]])
    listening = listen(mongodb_uri, token)
    heard = [next(listening) for _ in told]
    listening.close()
    assert [event["seq"] for event, _ in heard] == [1, 2, 4]
    again = listen(mongodb_uri, heard[0][1])
    assert next(again)[0] == heard[1][0]
    again.close()

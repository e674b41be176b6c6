"""``scrapy sites --leases`` and ``--stuck`` at the terminal."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types
import pytest
from bson import ObjectId

from tests.spiders.running import Document, Scrapy

from .asking import Ask
from .test_sites import put


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def held(scrapy: Scrapy, now: datetime) -> Document:
    """A host that a run has, one that a killed one had, a webhook, a frozen worker, and a site that nobody has."""
    run = ObjectId()
    put(scrapy, "runs", {"_id": run, "opened": [{"host": "news.example", "at": now - timedelta(minutes=30)}]})
    process = {"run_id": run, "machine": "one", "pid": 12}
    put(
        scrapy, "locks",
        {"_id": "news.example", "expires_at": now + timedelta(seconds=60), **process},
        {"_id": "old.example", "expires_at": now - timedelta(hours=5), **process, "run_id": ObjectId()},
        {"_id": "sink:alerts", "expires_at": now + timedelta(seconds=60), **process, "run_id": ObjectId()},
    )  # fmt: skip
    lease = {"owner": "worker-1", "token": 7, "since": now - timedelta(hours=3)}
    lease |= {"renewed_at": now - timedelta(hours=2), "until": now - timedelta(minutes=90)}
    put(
        scrapy, "sites",
        {"_id": "frozen.example", "listed": True, "next_due_at": now + timedelta(hours=2), "lease": lease},
        {"_id": "news.example", "listed": True, "next_due_at": now - timedelta(hours=2)},
        {"_id": "soon.example", "listed": True, "next_due_at": now - timedelta(minutes=20)},
        {"_id": "late.example", "listed": True, "next_due_at": now - timedelta(hours=9)},
        {"_id": "off.example", "listed": False, "next_due_at": now - timedelta(hours=9)},
    )  # fmt: skip
    return lease


def test_all_leases_are_shown_in_every_format(held: Document, ask: Ask, tmp_path: Path) -> None:
    shown = ask("sites", "--leases")
    lines = shown.out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["STATE", "WHAT", "NAME"],
        ["stuck", "host", "old.example"],
        ["stuck", "site", "frozen.example"],
        ["held", "host", "news.example"],
        ["held", "webhook", "alerts"],
        ["waiting", "site", "late.example"],
    ]
    assert "worker-1 #7" in lines[2]
    assert "30 min ago" in lines[3]
    assert "stuck (2): not renewed" in shown.err
    assert "waiting (1): due for more than an hour" in shown.err
    found = [json.loads(line) for line in ask("sites", "--leases", "--format", "jsonl").out.splitlines()]
    written = {"$date": f"{held['until']:%Y-%m-%dT%H:%M:%SZ}"}
    assert (found[1]["owner"], found[1]["token"], found[1]["until"]) == ("worker-1", 7, written)
    rows = list(csv.DictReader(io.StringIO(ask("sites", "--leases", "--format", "csv", "--limit", "2").out)))
    assert [(row["state"], row["kind"], row["name"], row["token"]) for row in rows] == [
        ("stuck", "host", "old.example", ""),
        ("stuck", "site", "frozen.example", "7"),
    ]
    assert ask("sites", "--leases", "-o", str(tmp_path / "leases.parquet")).err == ""
    assert [row["token"] for row in pyarrow.parquet.read_table(tmp_path / "leases.parquet").to_pylist()[:2]] == [
        None,
        7,
    ]
    table = ask("sites", "--leases", "--format", "markdown")
    assert table.out.startswith("| STATE | WHAT | NAME | OWNER | SINCE | RENEWED | UNTIL |")
    assert table.err == ""


@pytest.mark.usefixtures("held")
def test_only_what_is_stuck_or_waits_is_shown(ask: Ask) -> None:
    names = [line.split()[2] for line in ask("sites", "--stuck").out.splitlines()[1:]]
    assert names == ["old.example", "frozen.example", "late.example"]
    only = ask("sites", "--stuck", "--site", "frozen.example,late.example")
    assert [line.split()[2] for line in only.out.splitlines()[1:]] == ["frozen.example", "late.example"]
    well = ask("sites", "--stuck", "--site", "soon.example")
    assert (well.status, well.out, well.err) == (0, "", "nothing is stuck\n")


def test_leases_are_of_the_list_alone(ask: Ask) -> None:
    assert ask("sites", "--leases").err == "nothing is held\n"
    for wrong in (["show", "a.example", "--stuck"], ["--due", "--stuck"], ["--leases", "--stuck"]):
        assert ask("sites", *wrong).status == 2

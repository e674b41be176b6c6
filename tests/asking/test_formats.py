"""JSON and CSV: what they hold, and that they are written as it comes."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import Any

import pytest
from bson import ObjectId, json_util
from hypothesis import given
from hypothesis import strategies as st

from crawler.asking.columns import ARTICLE, REVISION, RUN, SITE, STORY, Column, Kind, fields_of, story_rows
from crawler.asking.formats import csv_rows, json_array, jsonl, when
from crawler.changes import CONTENT_FIELDS
from crawler.items import Article

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)


def endless() -> Iterator[dict[str, Any]]:
    while True:
        yield {"_id": 1, "title": "Bridge"}


def test_documents_are_not_held() -> None:
    columns = [Column("title", "text")]
    assert list(islice(jsonl(endless()), 2)) == ['{"_id": 1, "title": "Bridge"}\n'] * 2
    assert [piece[:6] for piece in islice(json_array(endless()), 3)] == ['[\n{"_i', ',\n{"_i', ',\n{"_i']
    assert list(islice(csv_rows(endless(), columns), 3)) == ["title\n", "Bridge\n", "Bridge\n"]


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers(-(2**60), 2**60) | st.none()), max_size=3))
def test_what_was_written_is_read_again(documents: list[dict[str, Any]]) -> None:
    assert json_util.loads("".join(json_array(documents))) == documents
    assert [json_util.loads(line) for line in jsonl(documents)] == documents


def test_no_command_of_a_terminal_is_written_as_it_is() -> None:
    [line] = jsonl([{"title": "\x1b[2J \x9b2J \x7f"}])
    assert line == '{"title": "\\u001b[2J \\u009b2J \\u007f"}\n'
    assert json.loads(line) == {"title": "\x1b[2J \x9b2J \x7f"}


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (NOON, "2025-12-03T12:00:00Z"),
        (NOON.replace(microsecond=120_000), "2025-12-03T12:00:00.120Z"),
    ],
)
def test_a_time(moment: datetime, written: str) -> None:
    assert when(moment) == written
    assert json.loads(next(jsonl([{"at": moment}]))) == {"at": {"$date": written}}


def test_a_time_of_another_zone_is_told_in_utc() -> None:
    assert when(datetime(2025, 12, 3, 12, tzinfo=timezone(timedelta(hours=1)))) == "2025-12-03T11:00:00Z"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (7, "7"),
        (["a", "b"], "a; b"),
        ([], ""),
        (NOON, "2025-12-03T12:00:00Z"),
        ("Bridge, old", '"Bridge, old"'),
        ("two\nlines", '"two\nlines"'),
        ('=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'),
        ("-20 degrees", "'-20 degrees"),
        ("@home", "'@home"),
        ("\uff1d1+1", "'\uff1d1+1"),
        (["+1", "-2"], "'+1; -2"),
    ],
)
def test_a_cell(value: Any, cell: str) -> None:
    documents = [{"a": value, "b": "x"}]
    kind: Kind = "texts" if isinstance(value, list) else "date" if isinstance(value, datetime) else "flag"
    assert list(csv_rows(documents, [Column("a", kind), Column("b", "text")]))[1] == f"{cell},x\n"


@given(st.text())
def test_no_cell_is_a_formula_and_all_can_be_read(text: str) -> None:
    clean = text.replace("\x00", "").replace("\r", "")
    written = "".join(csv_rows([{"title": clean}], [Column("title", "text"), Column("site", "text")]))
    [row] = csv.DictReader(io.StringIO(written, newline=""))
    assert row["title"].removeprefix("'") == clean.removeprefix("'")
    assert not row["title"].startswith(("=", "+", "-", "@", "\t"))


def test_columns_reach_into_documents() -> None:
    run = {"_id": ObjectId("0" * 24), "counts": {"articles": {"added": 3}, "errors": {"http_500": 1, "timeout": 2}}}
    told = {column.name: column.of(run) for column in RUN}
    assert (told["id"], told["added"], told["changed"], told["errors"]) == ("0" * 24, 3, None, 3)
    images = next(column for column in ARTICLE if column.name == "images")
    assert images.of({"images": [{"url": "a", "alt": "x"}, {"url": "b"}]}) == ["a", "b"]
    assert fields_of([images]) == {"images": 1}


def test_fields_of_ones_own_are_json_in_a_column() -> None:
    own = {"places": ["Ford\x9b", "Weir"], "rating": 4.5, "region": "North"}
    [extra] = (column for column in ARTICLE if column.name == "extra")
    told = extra.of({"extra": own})
    assert told == '{"places": ["Ford\\u009b", "Weir"], "rating": 4.5, "region": "North"}'
    assert json.loads(told) == own
    assert extra.of({}) is None
    assert next(islice(csv_rows([{"extra": {"region": "North"}}], [extra]), 1, None)) == '"{""region"": ""North""}"\n'


def test_each_column_is_of_a_field_that_there_is() -> None:
    fields = set(Article.__dataclass_fields__)
    assert {column.field for column in ARTICLE} - {"_id"} <= fields
    kept = {*CONTENT_FIELDS, "site", "url", "published_precision", "modified_at", "word_count", "content_hash"}
    assert {column.field for column in REVISION[4:]} <= kept | {"syndicated_from"}
    for columns in (ARTICLE, REVISION, RUN, SITE, STORY):
        assert len({column.name for column in columns}) == len(columns)


def test_a_story_is_a_row_for_each_article() -> None:
    articles = [
        {"site": "a", "published_at": NOON},
        {"site": "b", "published_at": NOON + timedelta(hours=2)},
        {"site": "c"},
    ]
    rows = list(story_rows([{"story_id": "s", "sites": [], "articles": articles}]))
    assert [(row["place"], row.get("minutes_later")) for row in rows] == [(1, 0), (2, 120), (3, None)]

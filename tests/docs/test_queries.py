"""Every query of docs/queries.md, run as written."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import json5
import pytest
from bson import ObjectId
from pymongo.database import Database
from pymongo.errors import OperationFailure

from crawler.storage.indexes import INDEXES, TEXT_INDEX

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "queries.md"
_SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"```js\n(.*?)```", re.DOTALL)
_CALL = re.compile(r"\.(find|aggregate|sort|limit)\(")
_DATE = re.compile(r'ISODate\("([^"]+)"\)')

_FIRST = f"{1:024x}"

Document = dict[str, Any]


def documented() -> dict[str, str]:
    """The queries by the heading above them; a second one of a heading gets a number."""
    found = {}
    for section in _SECTION.finditer(_DOCUMENT.read_text("utf-8")):
        for number, code in enumerate(_CODE.findall(section["body"])):
            found[section["title"] + (f" ({number + 1})" if number else "")] = code.strip()
    return found


def arguments(text: str) -> list[Any]:
    """The arguments of a call in mongosh's notation, which is JSON5 but for dates."""
    plain = _DATE.sub(r'{"$date": "\1"}', text)
    return [_with_dates(argument) for argument in json5.loads(f"[{plain}]")]


def _with_dates(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"$date"}:
            return datetime.fromisoformat(value["$date"]).replace(tzinfo=UTC)
        return {name: _with_dates(part) for name, part in value.items()}
    return [_with_dates(part) for part in value] if isinstance(value, list) else value


def calls(query: str) -> Iterator[tuple[str, list[Any]]]:
    """``find``, ``sort`` … with their arguments, in order."""
    starts = list(_CALL.finditer(query))
    for call, after in zip(starts, [*starts[1:], None], strict=True):
        end = after.start() if after else len(query)
        yield call[1], arguments(query[call.end() : end].strip().removesuffix(")"))


def run(database: Database[Document], query: str) -> list[Document]:
    """What mongosh would answer."""
    collection = database[query.split(".")[1]]
    (name, told), *rest = calls(query)
    cursor: Any = collection.find(*told) if name == "find" else collection.aggregate(*told)
    for step, (argument,) in rest:
        cursor = cursor.sort(list(argument.items())) if step == "sort" else cursor.limit(argument)
    return list(cursor)


def article(number: int, **fields: Any) -> Document:
    """An article of March 2025."""
    day = datetime(2025, 3, number, 8, tzinfo=UTC)
    plain = {"_id": ObjectId(f"{number:024x}"), "site": "news.example", "url": f"https://news.example/{number}/"}
    plain |= {
        "title": f"Title {number}",
        "text": f"Words {number}",
        "authors": ["Jane Doe"],
        "categories": ["Politics"],
    }
    return (
        plain
        | {"tags": ["bridge"], "published_at": day, "first_seen_at": day, "last_changed_at": day, "revision": 0}
        | fields
    )


@pytest.fixture
def database(blocking_database: Database[Document]) -> Database[Document]:
    """Five articles, a revision and two events."""
    for name, models in INDEXES.items():
        blocking_database[name].create_indexes(list(models))
    blocking_database.articles.insert_many(
        [
            article(1, story_id=_FIRST, tags=["bridge", "river"]),
            article(2, story_id=_FIRST, site="copy.example", duplicate_of=_FIRST, first_site="news.example"),
            article(3, text="At the Old Mill bridge", categories=["Sport"]),
            article(4, gone_at=datetime(2025, 3, 5, tzinfo=UTC), authors=["John Roe"], tags=[]),
            article(5, revision=1, last_change={"kind": "changed", "fields": ["title"]}, tags=[]),
        ]
    )
    replaced_at = datetime(2025, 3, 5, tzinfo=UTC)
    former = {"site": "news.example", "title": "Former", "changed": ["title"], "replaced_at": replaced_at}
    blocking_database.revisions.insert_one({"_id": "5:0", "article_id": 5} | former)
    for at, name in enumerate(("added", "changed")):
        event = {"_id": f"5:{at}:{name}", "type": f"article.{name}", "at": at, "seq": 1234 + at}
        blocking_database.events.insert_one(event)
    return blocking_database


EXPECTED: dict[str, list[Any]] = {
    "The latest articles of a site": [5, 4, 3, 1],
    "A category in a period": [5, 4, 2, 1],
    "Articles per day": ["2025-03-01", "2025-03-03", "2025-03-04", "2025-03-05"],
    "The most used tags": ["bridge", "river"],
    "By author": [5, 3, 2, 1],
    "New since": [5, 4, 3, 2, 1],
    "Changed since": [5],
    "What an article said before": ["5:0"],
    "No longer on the site": [4],
    "Stories, by how many sites tell them": [1],
    "Each story once": [5, 4, 3, 1],
    "A story with all its copies, the first one first": [1, 2],
    "Who copies from whom": [{"from": "news.example", "by": "copy.example"}],
    "How many hours later copies come": ["copy.example"],
    "Words in title and text": [3],
    "Words in title and text (2)": [3],
    "What happened lately": ["5:1:changed"],
    "What happened after a cursor, in order": ["5:1:changed"],
}


def has_text_index(database: Database[Document]) -> bool:
    """Whether the server can have one; the embedded one says so (code 67)."""
    try:
        database.articles.create_indexes([TEXT_INDEX])
    except OperationFailure as error:
        assert error.code == 67
        return False
    return True


def test_every_query_is_known() -> None:
    assert list(documented()) == list(EXPECTED)


@pytest.mark.parametrize("title", EXPECTED)
def test_a_query_gives_what_its_heading_says(database: Database[Document], title: str) -> None:
    query = documented()[title]
    if "$text" in query and not has_text_index(database):
        query = documented()[f"{title} (2)"]  # as the page says, for servers without a text index
    found = [document["_id"] for document in run(database, query)]
    assert [int(str(value), 16) if len(str(value)) == len(_FIRST) else value for value in found] == EXPECTED[title]

"""Pages of one site that WordPress rendered under many themes, with what its database says."""

import html
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.reading.figures import Grades
from benchmarks.reading.measures import Grade, overlap, words
from benchmarks.reading.readers import Answer

_TAG = re.compile(r"<[^>]+>")
_SHOWS_CATEGORIES = re.compile(r'rel="[^"]*category|cat-links|categories')
_MIN_PARAGRAPH = 60
"""Characters from which a paragraph that stands twice is no refrain."""


@dataclass(frozen=True, slots=True)
class ThemePage:
    """A page of a post: ``id`` is ``<theme>/<file>``, ``truth`` the post's record."""

    id: str
    url: str
    html: str
    truth: dict[str, Any]


def theme_pages(corpus: Path, sample: int | None) -> Iterator[ThemePage]:
    """The posts' first pages, or as many drawn from all of them, always the same."""
    every = [page for theme in sorted((corpus / "themes").iterdir()) for page in _posts(theme)]
    for theme, post, url in random.Random(0).sample(every, min(sample or len(every), len(every))):  # noqa: S311 - fixed
        text = (theme / post["saved"]).read_text("utf-8", "replace")
        yield ThemePage(f"{theme.name}/{post['saved']}", url, text, post)


def grade(page: ThemePage, answer: Answer, grades: Grades) -> None:
    """Compare an answer with the database; fields only where the page shows them."""
    truth, shown = page.truth, _flat(_TAG.sub(" ", page.html))
    _same(grades, "title", page, _flat(answer.title), _flat(truth["title"]))
    if answer.wp_id is not None:
        _same(grades, "wp_id", page, answer.wp_id, truth["id"])
    _grade_date(page, answer, grades)
    if all(_flat(name) in shown for name in truth["authors"]):
        _same(grades, "author", page, _terms(answer.authors), _terms(truth["authors"]))
    if _SHOWS_CATEGORIES.search(page.html):
        _same(grades, "categories", page, _terms(answer.categories), _terms(truth["categories"]))
    if truth["tags"] and all(f">{html.escape(name, quote=False)}</a>" in page.html for name in truth["tags"]):
        _same(grades, "tags", page, _terms(answer.tags), _terms(truth["tags"]))
    _grade_neighbours(page, answer, grades)
    _grade_body(page, answer, grades)


def _posts(theme: Path) -> Iterator[tuple[Path, dict[str, Any], str]]:
    urls = json.loads((theme / "index.json").read_text("utf-8"))
    for post in json.loads((theme / "truth.json").read_text("utf-8"))["posts"]:
        if post["type"] == "post" and not post.get("password"):
            yield theme, post, urls[post["saved"]]["url"]


def _grade_date(page: ThemePage, answer: Answer, grades: Grades) -> None:
    """To the second where the page has the day in figures, else by the day."""
    truth = page.truth
    wanted, got = datetime.fromisoformat(truth["date_gmt"]).replace(tzinfo=UTC), _moment(answer.published)
    if truth["date_gmt"][:10] in page.html or truth["date"][:10] in page.html:
        close = got is not None and abs((got - wanted).days) <= 1
        grades.add("date", page.id, Grade(got == wanted, close, got is not None))
    elif got:
        near = abs((got - wanted).days) <= 1
        grades.add("day", page.id, Grade(near, near, given=True))


def _grade_neighbours(page: ThemePage, answer: Answer, grades: Grades) -> None:
    """A neighbour may be left out, or be that within the category or tag; another post is wrong."""
    for name, given in (("prev", answer.previous_url), ("next", answer.next_url)):
        right = {
            page.truth[f"{name}_url"],
            *(page.truth.get(f"{name}_same_{term}") for term in ("category", "post_tag")),
        }
        good = not _path(given) or _path(given) in {_path(url) for url in right}
        grades.add("previous" if name == "prev" else name, page.id, Grade(good, good, bool(given)))


def _grade_body(page: ThemePage, answer: Answer, grades: Grades) -> None:
    truth = page.truth
    blocks = truth["pages"][0] if truth.get("pages") else truth["blocks"]
    wanted = " ".join(block["text"] for block in blocks if not block["noise"] and block["type"] != "figcaption")
    grades.bodies.append((page.id, overlap(words(wanted), words(answer.text))))
    long = [paragraph for paragraph in answer.text.split("\n\n") if len(paragraph) > _MIN_PARAGRAPH]
    _same(grades, "once", page, len(long), len(set(long)))


def _same(grades: Grades, name: str, page: ThemePage, got: object, wanted: object) -> None:
    grades.add(name, page.id, Grade(got == wanted, got == wanted, bool(got)))


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def _terms(given: list[str]) -> list[str]:
    return sorted(map(_flat, given))


def _path(url: str | None) -> str:
    return re.sub(r"^https?://[^/]+", "", url or "").rstrip("/")


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

"""Pages of one site that WordPress rendered under many themes, with what its database says."""

import html
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.reading.figures import Grades
from benchmarks.reading.measures import Grade, overlap, words
from benchmarks.reading.readers import Answer

_TAG = re.compile(r"<[^>]+>")
_SHOWS_CATEGORIES = re.compile(r'rel="[^"]*category|cat-links|categories')
_SHOWS_COMMENTS = re.compile(r"""(?:id|name)=["']?(?:comment-\d|comment_post_ID)""")
"""A comment, or the form for one."""
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
    if answer.tags or (truth["tags"] and all(_is_linked(page, name) for name in truth["tags"])):
        _same(grades, "tags", page, _terms(answer.tags), _terms(truth["tags"]))
    if answer.comment_count is not None or _SHOWS_COMMENTS.search(page.html):
        _same(grades, "comments", page, answer.comment_count, truth["comment_count"])
    _grade_neighbours(page, answer, grades)
    _grade_body(page, answer, grades)


def _is_linked(page: ThemePage, name: str) -> bool:
    """Whether a link anywhere on the page has this name, with or without a hash sign."""
    return re.search(rf">\s*#?\s*{re.escape(html.escape(name, quote=False))}\s*</a>", page.html) is not None


def _posts(theme: Path) -> Iterator[tuple[Path, dict[str, Any], str]]:
    urls = json.loads((theme / "index.json").read_text("utf-8"))
    for post in json.loads((theme / "truth.json").read_text("utf-8"))["posts"]:
        if post["type"] == "post" and not post.get("password"):
            yield theme, post, urls[post["saved"]]["url"]


def _grade_date(page: ThemePage, answer: Answer, grades: Grades) -> None:
    """To the second where the page has the moment; else the day, as it was on the site, where the page shows it."""
    truth = page.truth
    wanted, got = datetime.fromisoformat(truth["date_gmt"]).replace(tzinfo=UTC), _moment(answer.published)
    if any(moment in page.html for moment in (truth["date"], truth["date_gmt"])):
        close = got is not None and abs(got - wanted) <= timedelta(days=1)
        grades.add("date", page.id, Grade(got == wanted, close, got is not None))
    elif got or _shows_day(page):
        right = got is not None and (got == wanted or got.date() == date.fromisoformat(truth["date"][:10]))
        grades.add("day", page.id, Grade(right, right, got is not None))


def _shows_day(page: ThemePage) -> bool:
    """In its address, in figures, or in English words."""
    day = date.fromisoformat(page.truth["date"][:10])
    forms = ("%Y-%m-%d", "%B {0}, %Y", "%b {0}, %Y", "{0} %B %Y", "{0} %b %Y", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y")
    in_address = f"/{day:%Y/%m/%d}/" in page.url
    before_comments = _TAG.sub(" ", _SHOWS_COMMENTS.split(page.html)[0])
    return in_address or any(day.strftime(form).format(day.day) in before_comments for form in forms)


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

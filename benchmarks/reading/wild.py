"""Real WordPress pages of the web, with what people or feeds say is on them."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading.figures import Grades
from benchmarks.reading.measures import (
    authors_grade,
    body_overlap,
    date_grade,
    labels,
    overlap,
    terms_grade,
    title_grade,
)
from benchmarks.reading.readers import Answer

PARTS = ("core", "segments", "meta", "feed", "legacy")
_NO_URL = "https://site.example/"
_SNIPPETS = ("with", "without")
"""What a page's text must and must not have."""
_UNSAID = "uncategorized"
"""WordPress's default category, which feeds print and pages often do not."""


@dataclass(frozen=True, slots=True)
class WildPage:
    """A page: ``html`` is decoded as the corpus says, ``truth`` its record there."""

    id: str
    part: str
    url: str
    html: str
    truth: dict[str, Any]


def wild_pages(corpus: Path, sample: int | None) -> Iterator[WildPage]:
    """The pages, or as many drawn from all of them, always the same."""
    records: dict[str, dict[str, Any]] = json.loads((corpus / "wild" / "truth.json").read_text("utf-8"))
    ids = sorted(records)
    for page in random.Random(0).sample(ids, min(sample or len(ids), len(ids))):  # noqa: S311 - a fixed draw is wanted
        truth = records[page]
        body = gzip.decompress((corpus / "wild" / "html" / f"{page}.html.gz").read_bytes())
        url = truth.get("url") or ""
        html = body.decode(truth.get("enc") or "utf-8", "replace")
        yield WildPage(page, truth["group"], url if url.startswith("http") else _NO_URL, html, truth)


def grade(page: WildPage, answer: Answer, grades: Grades) -> None:
    """Compare an answer with what is known of the page."""
    truth = page.truth
    if truth.get("body_ok"):
        grades.bodies.append((page.id, body_overlap(truth["text"], answer.text)))
    if truth.get("with") or truth.get("without"):
        grades.snippets.append(_snippets(truth, answer.text))
    if truth.get("title"):
        grades.add("title", page.id, title_grade(truth["title"], answer.title))
    if truth.get("author"):
        grades.add("author", page.id, authors_grade(_several(truth["author"]), answer.authors))
    if truth.get("date"):
        grades.add("date", page.id, date_grade(truth["date"], answer.published))
    _grade_terms(page, answer, grades)


def _grade_terms(page: WildPage, answer: Answer, grades: Grades) -> None:
    """Categories and tags where they were noted one by one; a feed gives both as one list."""
    for name, given in (("categories", answer.categories), ("tags", answer.tags)):
        if page.truth.get(name) and page.part == "segments":
            graded, shared = terms_grade(_terms(page.truth[name]), given)
            grades.add(name, page.id, graded)
            grades.terms[name].append(shared)
    wanted = labels(_terms(page.truth.get("labels") or [])) - {_UNSAID}
    if wanted:
        grades.terms["labels"].append(overlap(wanted, labels([*answer.categories, *answer.tags]) - {_UNSAID}))


def _snippets(truth: dict[str, Any], text: str) -> tuple[int, int, int, int]:
    """How many of the wanted snippets are there, of how many; the same of the unwanted."""
    line = " ".join(text.split())
    wanted, unwanted = ([" ".join(each.split()) for each in truth.get(key, [])] for key in _SNIPPETS)
    return sum(each in line for each in wanted), len(wanted), sum(each in line for each in unwanted), len(unwanted)


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _terms(value: str | list[str]) -> list[str]:
    return re.split(r"\s*[,;|]\s*", value) if isinstance(value, str) else value

"""Figures of one reader on one part of the corpus, from the grades of its pages."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean, median

from benchmarks.reading.measures import Grade, Overlap, harmonic

GOOD, BAD = 0.95, 0.5
"""F1 from which a page's body is read well, and below which it is lost."""


@dataclass(slots=True)
class Grades:
    """What is collected page by page. ``bodies`` and ``fields`` keep the page's id; ``seconds`` are of CPU."""

    bodies: list[tuple[str, Overlap]] = field(default_factory=list)
    fields: dict[str, list[tuple[str, Grade]]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[str, list[Overlap]] = field(default_factory=lambda: defaultdict(list))
    snippets: list[tuple[int, int, int, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, name: str, page: str, grade: Grade) -> None:
        """Take a field's grade."""
        self.fields[name].append((page, grade))


def figures(grades: Grades) -> dict[str, float]:
    """The figures by name, such as ``body_f1`` or ``title_exact``; only those that the part has a truth for."""
    found = _body(grades) | _snippets(grades.snippets)
    for name, graded in grades.fields.items():
        found[f"{name}_exact"] = fmean(grade.exact for _, grade in graded)
        found[f"{name}_close"] = fmean(grade.close for _, grade in graded)
    for name, overlaps in grades.terms.items():
        found[f"{name}_precision"] = _mean([each.precision for each in overlaps if each.precision is not None])
        found[f"{name}_recall"] = fmean(each.recall or 0.0 for each in overlaps)
    if grades.seconds:
        found["cpu_ms"] = 1000 * median(grades.seconds)
    return found


def worst(grades: Grades, count: int) -> dict[str, list[tuple[str, float]]]:
    """The pages that each field is read worst on, worst first, with F1 or 0 for wrong and 0.5 for close."""
    found = {"body": sorted(((page, each.f1) for page, each in grades.bodies), key=lambda row: row[1])[:count]}
    for name, graded in grades.fields.items():
        missed = [(page, grade.close / 2) for page, grade in graded if not grade.exact]
        found[name] = sorted(missed, key=lambda row: row[1])[:count]
    return {name: [row for row in rows if row[1] < 1] for name, rows in found.items()}


def _body(grades: Grades) -> dict[str, float]:
    if not grades.bodies:
        return {}
    bodies = [each for _, each in grades.bodies]
    precision = _mean([each.precision for each in bodies if each.precision is not None])
    recall = _mean([each.recall for each in bodies if each.recall is not None])
    return {
        "body_f1": harmonic(precision, recall),
        "page_f1": fmean(each.f1 for each in bodies),
        "body_good": fmean(each.f1 >= GOOD for each in bodies),
        "body_bad": fmean(each.f1 < BAD for each in bodies),
    }


def _snippets(counts: list[tuple[int, int, int, int]]) -> dict[str, float]:
    """F1 of the snippets that must and must not be in the text, counted over all pages."""
    if not counts:
        return {}
    found, wanted, wrong, _ = map(sum, zip(*counts, strict=True))
    return {"snippet_f1": harmonic(found / (found + wrong) if found + wrong else 0.0, found / wanted)}


def _mean(values: list[float]) -> float:
    return fmean(values) if values else 0.0

"""The report as one HTML file. Every text is escaped; what is not is the drawings, which hold no text of strangers."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.report.charts import Drawings
from crawler.report.model import Report, Steps

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
_AT = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def page(report: Report, drawings: Drawings) -> Iterator[str]:
    """The file, in pieces."""
    template = _environment().get_template("report.html.j2")
    yield from template.generate(report=report, drawings=drawings, rows_of=rows_of)


def rows_of(steps: Steps) -> list[tuple[str, int]]:
    """What a chart shows, as a table says it: without the steps in which nothing was."""
    return [(at.strftime(_AT[steps.unit]), number) for at, number in steps.values if number]


@cache
def _environment() -> "Environment":
    jinja2 = import_module("jinja2")
    environment: Environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["number"] = "{:,}".format
    environment.filters["percent"] = "{:.2%}".format
    return environment

"""Charts of the report as Vega-Lite specifications, and their drawing as SVG.

Only numbers, dates and words of ours come into a chart: names that sites write stand in the HTML beside it. Colours are
variables of the page's style, so that one drawing serves light and dark. Nothing in a drawing runs or is fetched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, Literal

from crawler.asking.parquet import INSTALL
from crawler.report.articles import WEEKDAYS
from crawler.report.model import Hours, Report, Steps
from crawler.report.periods import after

Spec = dict[str, Any]
Svg = str

WIDE, NARROW = 1010, 326
"""Widths of what is drawn twice, for a desk and for a phone: made smaller, a chart has letters that are too small."""

_SPARK = (150, 26)
_VERSION = "6.4"
"""Of Vega-Lite: vl-convert brings several."""

_CONFIG: Spec = {
    "background": None,
    "padding": {"left": 4, "right": 0, "top": 2, "bottom": 0},
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "bar": {"color": "var(--accent)"},
    "axis": {
        "labelColor": "var(--quiet)", "labelFontSize": 12, "domainColor": "var(--line)", "gridColor": "var(--line)",
        "ticks": False, "labelPadding": 6, "title": None,
    },
}  # fmt: skip
_TICKS = 3
_GAP = 0.12
"""Part of a step that is left free between two bars."""


class NoCharts(RuntimeError):
    """vl-convert or Jinja2 is not installed; the message says how to."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A drawing for a desk, and one for a phone."""

    wide: Svg
    narrow: Svg


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of a report; absent where there is nothing to draw."""

    steps: Pair | None
    sparks: Mapping[str, Svg]
    """By site."""
    hours: Pair | None
    delays: Svg | None
    requests: Pair | None


def check_installed() -> None:
    """Raises NoCharts, before anything is asked of a database."""
    try:
        import_module("vl_convert")
        import_module("jinja2")
    except ImportError as error:
        raise NoCharts(
            f"the report is made with vl-convert and Jinja2; {error.name} is not installed, this does it:\n{INSTALL}"
        ) from None


def drawings(report: Report) -> Drawings:
    """All that a report shows as drawings."""
    return Drawings(
        steps=_pair(report.steps),
        sparks={row.site: drawn(spark(row.steps)) for row in report.sites if row.steps.total},
        hours=Pair(drawn(week(report.hours, WIDE)), drawn(week(report.hours, NARROW))) if report.hours else None,
        delays=drawn(named_bars(report.delay_buckets)) if report.delay_buckets else None,
        requests=_pair(report.costs.requests, height=110),
    )


def drawn(spec: Spec) -> Svg:
    """A specification as SVG; it may name no data of elsewhere."""
    convert = import_module("vl_convert")
    svg: Svg = convert.vegalite_to_svg(spec, vl_version=_VERSION, config=_CONFIG, allowed_base_urls=[])
    return svg


def bars_in_time(steps: Steps, width: int, height: int) -> Spec:
    """A bar for each step."""
    span = steps.values[-1][0] - steps.values[0][0]
    x: Spec = {
        "field": "at", "type": "temporal", "scale": {"type": "utc", "nice": False},
        "axis": {"format": _format(steps, span), "grid": False, "tickCount": max(2, width // 110), "labelFlush": True,
                 "labelOverlap": True},
    }  # fmt: skip
    # Few articles have as few ticks: a step of a half would be written as a whole number twice.
    ticks = min(_TICKS, max(1, *(number for _, number in steps.values)))
    y = {
        "field": "n", "type": "quantitative", "scale": {"nice": True},
        "axis": {"tickCount": ticks, "domain": False, "format": ",d"},
    }  # fmt: skip
    return _chart(_values(steps), "bar", {"x": x, "x2": {"field": "end"}, "y": y, "y2": {"datum": 0}}, width, height)


def spark(steps: Steps) -> Spec:
    """The same for a row of a table: the shape alone, on its own scale."""
    x = {"field": "at", "type": "temporal", "axis": None, "scale": {"type": "utc", "nice": False}}
    y = {"field": "n", "type": "quantitative", "axis": None}
    mark = {"type": "area", "interpolate": "step-after", "color": "var(--accent)"}
    values = _values(steps)
    return _chart([*values, values[-1] | {"at": values[-1]["end"]}], mark, {"x": x, "y": y}, *_SPARK)


def week(hours: Hours, width: int) -> Spec:
    """Days by hours: the more articles, the darker."""
    cells = [
        {"day": WEEKDAYS[day], "hour": hour, "n": number}
        for day, numbers in enumerate(hours.grid)
        for hour, number in enumerate(numbers)
    ]
    room, height = width - 36, 22 if width > NARROW else 18
    labels = {"labelAngle": 0, "values": list(range(0, 24, 1 if width > NARROW else 6)), "domain": False}
    encoding = {
        "x": {"field": "hour", "type": "ordinal", "axis": labels, "scale": {"paddingInner": 0.08}},
        "y": {"field": "day", "type": "ordinal", "sort": list(WEEKDAYS), "axis": {"domain": False},
              "scale": {"paddingInner": 0.12}},
        "opacity": {"field": "n", "type": "quantitative", "legend": None,
                    "scale": {"domainMin": 0, "range": [0.06, 1]}},
    }  # fmt: skip
    mark = {"type": "rect", "color": "var(--accent)"}
    return _chart(cells, mark, encoding, room, 7 * height)


def named_bars(numbers: Sequence[tuple[str, int]]) -> Spec:
    """A bar with its number for each of some names of ours."""
    values = [{"name": name, "n": number} for name, number in numbers]
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"domain": False}},
        "x": {"field": "n", "type": "quantitative", "axis": None, "scale": {"nice": False}},
    }
    number = {
        "mark": {"type": "text", "align": "left", "dx": 6, "color": "var(--quiet)", "fontSize": 12, "aria": False},
        "encoding": {"text": {"field": "n", "format": ",d"}},
    }
    bars = {"mark": {"type": "bar", "height": 14, "aria": False}}
    size = {"width": NARROW - 110, "height": 24 * len(values)}
    return {"data": {"values": values}, "encoding": encoding, "layer": [bars, number]} | size


def _pair(steps: Steps | None, height: int = 160) -> Pair | None:
    if not steps or not steps.total:
        return None
    wide, narrow = (drawn(bars_in_time(steps, width - 44, height)) for width in (WIDE, NARROW))
    return Pair(wide, narrow)


def _chart(values: list[Spec], mark: str | Spec, encoding: Spec, width: int, height: int) -> Spec:
    """One mark for each value. The page says in words what is seen, so that the marks need not each."""
    silent = ({"type": mark} if isinstance(mark, str) else mark) | {"aria": False}
    return {"data": {"values": values}, "mark": silent, "encoding": encoding, "width": width, "height": height}


def _values(steps: Steps) -> list[Spec]:
    return [{"at": _number(at), "end": _number(_end(at, steps)), "n": number} for at, number in steps.values]


def _end(at: datetime, steps: Steps) -> datetime:
    return at + (after(at, steps.unit) - at) * (1 - _GAP)


def _number(wall: datetime) -> int:
    """Milliseconds as JavaScript counts them, of a clock in UTC that shows this."""
    return int(wall.replace(tzinfo=UTC).timestamp() * 1000)


def _format(steps: Steps, span: timedelta) -> Literal["%-d %b", "%-d %b %Y", "%b %Y", "%Y"]:
    if steps.unit in ("day", "week"):
        return "%-d %b" if span < timedelta(days=300) else "%b %Y"
    return "%b %Y" if steps.unit == "month" and span < timedelta(days=1500) else "%Y"

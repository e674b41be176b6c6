"""Who holds what, and what waits, a line each; and what to do about it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from crawler.asking.columns import Column, Document
from crawler.asking.table import Heading
from crawler.asking.words import UNKNOWN
from crawler.site_report import span, when

HEADINGS = (
    Heading("STATE"),
    Heading("WHAT"),
    Heading("NAME", 3),
    Heading("OWNER", 2),
    Heading("SINCE"),
    Heading("RENEWED"),
    Heading("UNTIL"),
)

COLUMNS = (
    *(Column(name, "text") for name in ("state", "kind", "name", "owner")),
    Column("token", "number"),
    *(Column(name, "date") for name in ("since", "renewed_at", "until")),
)

_ADVICE = {
    "stuck": "not renewed and not given back: whoever had it was killed, or is frozen (SIGSTOP, a machine that is "
    "suspended). The next crawl takes it over; if none does, nothing is crawling, or nothing is due there. Is the "
    "owner still alive? End it: it cannot write what its successor has.",
    "waiting": "due for more than an hour, and nobody has it. Does anything serve the list (cron, scrapy crawl listen, "
    "scrapy work)? scrapy runs --limit 5 tells. Are these QUIET_HOURS? Else there are more sites than the crawls have "
    "time for: begin them more often, or raise LISTEN_SITES.",
}


def rows(holdings: Iterable[Document], now: datetime) -> Iterator[Sequence[str]]:
    """The cells of each."""
    return (_row(holding, now) for holding in holdings)


def advice(states: Counter[str]) -> Iterator[str]:
    """What to do about the states that were shown, so many times each."""
    return (f"{state} ({states[state]}): {told}" for state, told in _ADVICE.items() if states[state])


def _row(holding: Document, now: datetime) -> Sequence[str]:
    token = f" #{holding['token']}" if "token" in holding else ""
    return (
        holding["state"],
        holding["kind"],
        holding["name"],
        f"{holding.get('owner', UNKNOWN)}{token}",
        _ago(holding.get("since"), now),
        _ago(holding.get("renewed_at"), now),
        when(holding["until"], now) if "until" in holding else UNKNOWN,
    )


def _ago(moment: Any, now: datetime) -> str:
    return f"{span(now - moment)} ago" if moment else UNKNOWN

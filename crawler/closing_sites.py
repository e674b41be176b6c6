"""The sites of a run, for the closing table: those that went worst first. Pure."""

from collections.abc import Container, Iterator, Mapping
from heapq import nsmallest

from crawler.asking.table import Heading, lines, room_for
from crawler.ledger import Account

MOST_SITES = 20
"""That are told of: of a list of thousands, people want to know which went wrong."""

_WELL = ("done", "nothing new")
_NOT_BEGUN, _INTERRUPTED = "not begun", "interrupted"
_GOES_ON = ("incomplete", "request_limit", "quiet_hours", "paused", "locked", _INTERRUPTED, _NOT_BEGUN)
"""What the next run goes on with, and nobody has to do anything about."""

_CHANGES = {"new": "added", "changed": "changed", "unchanged": "unchanged", "gone": "gone"}
_COUNTS = ("found", *_CHANGES, "requests", "errors")
_HEADINGS = {
    "site": Heading("site", weight=1),
    **{name: Heading(name, right=True) for name in _COUNTS},
    "result": Heading("result"),
}
_DROPPED = ("requests", "unchanged", "gone", "changed", "new")
"""Where a terminal is narrow, the first of them first."""


def site_lines(accounts: Mapping[str, Account], forgotten: int = 0, width: int | None = None) -> list[str]:
    """A table with a row for each site where there are several, at most ``MOST_SITES``; else nothing.

    ``forgotten``: sites besides, of which no account is kept. ``width``: of a line on a terminal.
    """
    if len(accounts) < 2:
        return []
    shown = dict(nsmallest(MOST_SITES, accounts.items(), key=_worst_first))
    rows = [_cells(*one) for one in shown.items()]
    names = room_for(rows, _HEADINGS, _DROPPED, width) if width else list(_HEADINGS)
    table = lines(([row[name] for name in names] for row in rows), [_HEADINGS[name] for name in names], width)
    return [*table, *_more(accounts, shown, forgotten)]


def _result(account: Account) -> str:
    return account.outcome or (_INTERRUPTED if account.requests else _NOT_BEGUN)


def _worst_first(one: tuple[str, Account]) -> tuple[int, int, int, str]:
    """Sites in trouble, then those that had errors, then those that are not done; the larger ones first."""
    site, account = one
    result = _result(account)
    rank = 1 if account.errors else 3 if result in _WELL else 2
    return (rank if result in _WELL or result in _GOES_ON else 0, -account.errors, -account.found, site)


def _cells(site: str, account: Account) -> dict[str, str]:
    counted = {"found": account.found, "requests": account.requests, "errors": account.errors}
    counted |= {name: account.changes[kind] for name, kind in _CHANGES.items()}
    return {"site": site, "result": _result(account)} | {name: f"{count:,}" for name, count in counted.items()}


def _more(accounts: Mapping[str, Account], shown: Container[str], forgotten: int) -> Iterator[str]:
    others = [account for site, account in accounts.items() if site not in shown]
    if others or forgotten:
        yield f"and {len(others) + forgotten:,} more, with {sum(one.found for one in others):,} found"

"""``scrapy sites --leases`` and ``--stuck``: who holds what of the sites, what waits, and what to do about it."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from pymongo.database import Database

from crawler.asking import lease_table, markdown
from crawler.asking.printable import printable
from crawler.asking.table import styled
from crawler.changes import Document
from crawler.commands.asking import Layout, answer, format_of
from crawler.commands.known import stored_sites
from crawler.leases import in_order, to_document
from crawler.storage.lease_list import LeaseList


def add_leases(parser: argparse.ArgumentParser) -> None:
    """The options that ``is_asked`` reads."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--leases", action="store_true", help="show who holds which host, site or webhook, and which sites wait"
    )
    which.add_argument("--stuck", action="store_true", help="of these, only what is not given back, and what waits")


def is_asked(opts: argparse.Namespace) -> bool:
    """Whether leases are meant, and not the list."""
    return bool(opts.leases or opts.stuck)


def show(database: Database[Document], lease: timedelta, opts: argparse.Namespace, now: datetime) -> None:
    """Write them; of a table, say on standard error what to do. ``lease``: for how long a host is taken."""
    leases, states = LeaseList(database, lease, stored_sites(opts.site, database)), Counter[str]()
    found = map(to_document, in_order(leases.held(now), leases.waiting(now), is_trouble=opts.stuck))
    answer(_counted(found, states), _layout(now), opts, lambda: _nothing(opts))
    if format_of(opts) == "table":
        sys.stdout.flush()
        sys.stderr.writelines(f"\n{printable(line)}\n" for line in lease_table.advice(states))


def _counted(found: Iterable[Document], states: Counter[str]) -> Iterator[Document]:
    for one in found:
        states[one["state"]] += 1
        yield one


def _layout(now: datetime) -> Layout:
    return Layout(
        lambda found, width: styled(lease_table.rows(found, now), lease_table.HEADINGS, width),
        lease_table.COLUMNS,
        lambda found: markdown.table(lease_table.rows(found, now), [heading.title for heading in lease_table.HEADINGS]),
    )


def _nothing(opts: argparse.Namespace) -> str:
    return "nothing is stuck" if opts.stuck else "nothing is held"

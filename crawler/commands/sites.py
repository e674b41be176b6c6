"""``scrapy sites``: the list of sites that are crawled when they are due, and what is known of each."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pymongo.database import Database
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.asking import columns, markdown
from crawler.asking.run_table import run_query
from crawler.asking.table import styled
from crawler.changes import Document
from crawler.commands import leases
from crawler.commands.asking import Layout, add_formats, add_limit, add_sites, answer, ask, format_of, write
from crawler.commands.known import known_sites, stored_sites
from crawler.commands.output import output_to
from crawler.redaction import redact
from crawler.site_record import SiteRecord, from_document, to_document
from crawler.site_report import COLUMNS, details, last_run, rows
from crawler.start_urls import start_url, urls_of_file, urls_of_list
from crawler.storage.run_list import JUDGED_BY, judged, runs
from crawler.storage.site_list import Addition, SiteList

_OF_RUN = {"counts.ended": 1} | JUDGED_BY
_ACTIONS = """what it can do:
  list                       show the list; so does no argument at all; --all: what was crawled without it, too
  add URL… | @FILE | -       put sites on the list, due at once; a file has one on each line, - is standard input
  remove SITE… | @FILE | -   take sites off the list; their articles are kept
  show SITE                  all that is known of a site: what it offers, which route is used and why, what is missing
"""

_UNCHANGED = "\nNothing was changed."


class Command(ScrapyCommand):
    """Keep the list of sites."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[list | add URL… | remove SITE… | show SITE] [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Keep the list of sites that are crawled when they are due"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which sites, in what form."""
        super().add_options(parser)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = _ACTIONS
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="list only the sites whose time has come")
        which.add_argument(
            "--all", action="store_true", help="list all sites that are known, also those not on the list"
        )
        leases.add_leases(parser)
        add_sites(parser)
        add_limit(parser, default=0)
        add_formats(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what was asked for, then do it. Raises UsageError, which Scrapy prints before it exits with 2."""
        action, *told = args or ["list"]
        urls = _urls(action, told)
        if leases.is_asked(opts) and (action != "list" or opts.due or opts.all):
            raise UsageError("--leases and --stuck are for the list alone, without --due or --all", print_help=False)
        format_of(opts)
        opts.lease = timedelta(seconds=self.settings.getfloat("LEASE_SECONDS"))
        ask(self, "sites", lambda database: _do(action, database, urls, opts))


def _urls(action: str, told: Sequence[str]) -> list[str]:
    """The sites that are meant, as URLs; the name of a site is one without its scheme."""
    if action not in ("list", "add", "remove", "show") or any(word.startswith("-") and word != "-" for word in told):
        raise UsageError(f"not understood: {' '.join([action, *told])}\n\n{_ACTIONS}")
    if action == "list" and told:
        raise UsageError("list takes no site; did you mean show?")
    try:
        urls = [url for word in told for url in _urls_of(word)]
    except ValueError as error:
        raise UsageError(f"{error}{'' if action == 'show' else _UNCHANGED}") from None
    if (action != "list" and not urls) or (action == "show" and len(urls) != 1):
        raise UsageError(f"{action}: which site?\n\n{_ACTIONS}")
    return urls


def _urls_of(word: str) -> list[str]:
    if word == "-":
        return urls_of_list(sys.stdin.buffer.read(), "standard input")
    return urls_of_file(Path(word[1:])) if word.startswith("@") else [start_url(word)]


def _do(action: str, database: Database[Document], urls: Sequence[str], opts: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    match action:
        case "list" if leases.is_asked(opts):
            leases.show(database, opts.lease, opts, now)
        case "list":
            _list(database, opts, now)
        case "add":
            _add(SiteList(database).add(urls, now))
        case "remove":
            _remove(database, urls)
        case _:
            _show(database, urls, opts, now)


def _list(database: Database[Document], opts: argparse.Namespace, now: datetime) -> None:
    names = stored_sites(opts.site, database)
    sites = SiteList(database)
    records = sites.all(names) if opts.all else sites.listed(now if opts.due else None, names)
    answer(map(to_document, records), _layout(now), opts, lambda: _nothing(opts))


def _layout(now: datetime) -> Layout:
    return Layout(
        lambda found, width: styled(rows(map(from_document, found), now), COLUMNS, width),
        columns.SITE,
        lambda found: markdown.table(rows(map(from_document, found), now), [heading.title for heading in COLUMNS]),
    )


def _nothing(opts: argparse.Namespace) -> str:
    if opts.due:
        return "no site is due"
    if opts.site and not opts.all:
        return "no such site is on the list; --all has those that are known besides"
    return "no sites; add some: scrapy sites add https://news.example"


def _add(additions: Sequence[Addition]) -> None:
    _print(f"{'already there' if there else 'added':<14} {site}" for _, site, there in additions)
    there = sum(addition.was_listed for addition in additions)
    _print([f"{len(additions) - there} added, {there} already there"])


def _remove(database: Database[Document], urls: Sequence[str]) -> None:
    sites = SiteList(database)
    records = {record.id: record for record in known_sites(database, urls, _UNCHANGED)}
    listed = [name for name, record in records.items() if record.listed]
    if listed:
        sites.remove(listed)
    _print(f"{'removed' if name in listed else 'not on the list':<16} {name}" for name in records)
    others = f", {len(records) - len(listed)} not on the list" if len(listed) < len(records) else ""
    stored = sites.count_articles(list(records))
    _print([f"{len(listed)} removed{others}; {stored:,} stored articles of them are kept"])


def _show(database: Database[Document], urls: Sequence[str], opts: argparse.Namespace, now: datetime) -> None:
    (record,) = known_sites(database, urls)

    def as_text(*_: object) -> Iterator[Text]:
        stored = SiteList(database).count_articles([record.id])
        return map(Text, map(redact, details(record, stored, now, _last_run(database, record, now))))

    with output_to(opts.output) as output:
        write([to_document(record)], replace(_layout(now), table=as_text), format_of(opts), output)


def _last_run(database: Database[Document], record: SiteRecord, now: datetime) -> str | None:
    query = run_query([record.id, *record.aliases], None, None)
    run = next(judged(database, runs(database, query, _OF_RUN, 1), now), None)
    if run is None:
        return None
    looked_at = None if record.unfinished_since else record.checked_at
    return last_run(run, looked_at, now)


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)

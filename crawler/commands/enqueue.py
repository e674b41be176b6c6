"""``scrapy enqueue``: sites into the queue of the workers. Cron calls it with ``--due``."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.changes import Document
from crawler.commands.asking import ask
from crawler.exit_status import ExitStatus
from crawler.start_urls import start_url, urls_of_file, urls_of_list
from crawler.storage.site_list import SiteList
from crawler.urls import site_id
from crawler.work.job import Job
from crawler.work.options import WorkOptions

if TYPE_CHECKING:
    from crawler.work.queue import Queue

_AT_ONCE = 1000
"""Sites that are read, and queued, before the next ones."""


class Command(ScrapyCommand):
    """Queue sites."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "--due | URL… | @FILE | - [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Queue sites for the workers (see work): those that are due, or these"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which sites."""
        super().add_options(parser)
        parser.add_argument(
            "--due", action="store_true", help="the sites of the list whose time has come, the longest overdue first"
        )
        parser.add_argument("--quiet", action="store_true", help="for cron: print errors only")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Queue them. Raises UsageError, which Scrapy prints before it exits with 2."""
        if opts.due == bool(args):
            raise UsageError("which sites? Either --due, or their addresses", print_help=False)
        try:
            options = WorkOptions.of(self.settings)
            urls = [url for word in args for url in _urls_of(word)]
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        ask(self, "enqueue", lambda database: self._enqueue(database, urls, options, is_quiet=opts.quiet))

    def _enqueue(
        self, database: Database[Document], urls: Sequence[str], options: WorkOptions, *, is_quiet: bool
    ) -> None:
        from crawler.work.queue import QueueUnavailable  # noqa: PLC0415 - nats is loaded by who needs it

        sites = SiteList(database)
        jobs = _named(sites, urls) if urls else (Job(*due) for due in sites.due(datetime.now(UTC)))

        def tell(job: Job, is_queued: bool) -> None:
            if urls and not is_quiet:
                sys.stdout.write(f"{'queued' if is_queued else 'already there':<14} {job.site}\n")

        try:
            queued, waiting = asyncio.run(_put(options, jobs, tell))
        except QueueUnavailable as error:
            sys.stderr.write(f"scrapy enqueue: {error}\n")
            self.exitcode = ExitStatus.NO_QUEUE
            return
        if not is_quiet:
            sys.stdout.write(f"{queued:,} queued, {waiting:,} already waiting or being crawled\n")


async def _put(options: WorkOptions, jobs: Iterable[Job], tell: Callable[[Job, bool], None]) -> tuple[int, int]:
    """How many were queued, and how many wait already."""
    from crawler.work.queue import Queue  # noqa: PLC0415 - see above

    queue = await Queue.connect(options)
    try:
        return await _put_all(queue, iter(jobs), tell)
    finally:
        await queue.close()


async def _put_all(queue: "Queue", jobs: Iterator[Job], tell: Callable[[Job, bool], None]) -> tuple[int, int]:
    queued = waiting = 0
    while some := list(islice(jobs, _AT_ONCE)):
        outcomes = await queue.put(some)
        for job, is_queued in zip(some, outcomes, strict=True):
            tell(job, is_queued)
        queued += sum(outcomes)
        waiting += len(outcomes) - sum(outcomes)
    return queued, waiting


def _urls_of(word: str) -> list[str]:
    if word == "-":
        return urls_of_list(sys.stdin.buffer.read(), "standard input")
    return urls_of_file(Path(word[1:])) if word.startswith("@") else [start_url(word)]


def _named(sites: SiteList, urls: Sequence[str]) -> Iterator[Job]:
    """By the names under which they are known, so that no site waits twice."""
    wanted = {site_id(url): url for url in urls}
    known = sites.find(list(wanted))
    jobs = {(known[name].id if name in known else name): url for name, url in wanted.items()}
    return (Job(site, url) for site, url in jobs.items())

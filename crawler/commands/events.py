"""``scrapy events``: the outbox as JSON lines, for pipes and for people; and its sinks."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from pymongo.errors import PyMongoError
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.log import configure_logging

from crawler.commands.known import not_known
from crawler.commands.moments import date_or_age
from crawler.commands.output import count, is_closed, until_closed
from crawler.commands.refusal import no_storage, warn_of_misspelt
from crawler.event_report import Wanted, line, sink_lines
from crawler.events import TYPES
from crawler.exit_status import ExitStatus
from crawler.sinks.message import event_json
from crawler.sinks.options import SinkOptions
from crawler.start_urls import start_url
from crawler.storage.connect import StorageUnavailable, connect_async, storage_session
from crawler.storage.indexes import Database
from crawler.storage.outbox import Outbox
from crawler.storage.sinks import Sinks
from crawler.storage.sites import Sites
from crawler.tasks import stopped
from crawler.urls import site_id

Work = Callable[[Database], Awaitable[None]]

POLL_SECONDS = 1.0
"""Between two looks whether there is anything new: one query by ``_id`` each."""


def cursor(text: str) -> int:
    """What ``--after`` takes. Raises ArgumentTypeError, whose words argparse prints."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no cursor; it is the number that an event came with, or 0")
    return int(text)


class Command(ScrapyCommand):
    """Read the outbox, deliver it, look after its sinks."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Print what happened, as it happens; deliver it to webhooks"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which events, in what form; or what else is to be done."""
        super().add_options(parser)
        parser.add_argument("--follow", action="store_true", help="go on with what happens from now on, until Ctrl-C")
        parser.add_argument(
            "--after", type=cursor, metavar="CURSOR", help="what comes after a cursor: 0 for everything"
        )
        parser.add_argument("--since", type=date_or_age, help="what happened since then: 2025-12-03, 36h, 7d")
        parser.add_argument(
            "--type", action="append", metavar="TYPE", help="article.added, or site for all of a site's"
        )
        parser.add_argument("--site", help="only of this site: news.example, example.org/blog")
        parser.add_argument(
            "--limit", type=count, default=0, metavar="N", help="no more than the first N of them, then end; 0 for all"
        )
        parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: %(default)s")
        parser.add_argument("--deliver", action="store_true", help="to EVENTS_WEBHOOK_URLS; with --follow, go on")
        parser.add_argument("--sinks", action="store_true", help="how far each webhook is, and how it fares")
        parser.add_argument("--resume", metavar="NAME", help="try a parked webhook again; with --after, from there on")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what was asked for. Raises UsageError, which Scrapy prints before it exits with 2."""
        warn_of_misspelt(self.settings)
        work = self._work(args, opts)
        try:
            with until_closed(), storage_session(self.settings) as uri:
                asyncio.run(_until_stopped(self._with_database(uri, work)))
        except StorageUnavailable as error:
            self.exitcode = no_storage("events", error)
        except PyMongoError as error:
            self._failed(f"the database failed ({type(error).__name__}); go on with --after and the last cursor")

    def _failed(self, why: str) -> None:
        sys.stderr.write(f"scrapy events: {why}\n")
        self.exitcode = ExitStatus.STORAGE_FAILED

    async def _with_database(self, uri: str, work: Work) -> None:
        async with connect_async(uri) as client:
            await work(client[self.settings["MONGODB_DATABASE"]])

    def _work(self, args: list[str], opts: argparse.Namespace) -> Work:
        if args:
            raise UsageError(f"not understood: {' '.join(args)}; see scrapy events --help", print_help=False)
        if sum(map(bool, (opts.deliver, opts.sinks, opts.resume))) > 1:
            raise UsageError("only one of --deliver, --sinks and --resume at a time", print_help=False)
        if opts.sinks:
            return _print_sinks
        if opts.resume:
            return lambda database: _resume(database, opts.resume, opts.after)
        if opts.deliver:
            return self._deliver(opts)
        wanted = _wanted(opts)
        return lambda database: _print(database, wanted, opts)

    def _deliver(self, opts: argparse.Namespace) -> Work:
        try:
            options = SinkOptions.of(self.settings)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        if not options.webhooks:
            raise UsageError("EVENTS_WEBHOOK_URLS is not set: see docs/events.md", print_help=False)
        configure_logging(self.settings)
        options.warn_of_no_secret()
        return lambda database: _deliver(database, options, self.settings["USER_AGENT"], forever=opts.follow)


async def _until_stopped(work: Awaitable[None]) -> None:
    """Ctrl-C and SIGTERM end it; that is no error."""
    task, stop = asyncio.ensure_future(work), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    waiting = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await stopped([task, waiting])
    if not task.cancelled():
        await task


def _wanted(opts: argparse.Namespace) -> Wanted:
    try:
        site = site_id(start_url(opts.site)) if opts.site else None
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    types = tuple(kind.strip() for told in opts.type or () for kind in told.split(","))
    if unknown := [kind for kind in types if kind not in TYPES and not any(k.startswith(f"{kind}.") for k in TYPES)]:
        raise UsageError(f"{unknown[0]!r} is no type of event; there are: {', '.join(TYPES)}", print_help=False)
    return Wanted(types=types, site=site, since=opts.since)


async def _print(database: Database, wanted: Wanted, opts: argparse.Namespace) -> None:
    outbox = Outbox(database)
    await outbox.prepare()
    if wanted.site and not opts.follow:  # what is to come may be of a site that is not known yet
        await _check_known(database, wanted.site)
    write, left = line if opts.format == "table" else event_json, opts.limit or sys.maxsize
    async for events in _batches(outbox, await _start(outbox, opts), follow=opts.follow):
        shown = list(islice(filter(wanted.has, events), left))
        sys.stdout.writelines(f"{write(event)}\n" for event in shown)
        sys.stdout.flush()
        left -= len(shown)
        if not left:
            return


async def _check_known(database: Database, site: str) -> None:
    """Raises UsageError, naming the sites that are meant perhaps."""
    for collection, query in (("articles", {"site": site}), ("sites", {"_id": site}), ("events", {"site": site})):
        if await database[collection].find_one(query, {"_id": 1}):
            return
    raise UsageError(not_known(site, await Sites(database).names()), print_help=False)


async def _start(outbox: Outbox, opts: argparse.Namespace) -> int:
    """The cursor to begin behind."""
    if opts.after is not None:
        return int(opts.after)
    if opts.since is not None:
        return await outbox.first_since(opts.since)
    return await outbox.last() if opts.follow else 0


async def _batches(outbox: Outbox, after: int, *, follow: bool) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """All events in their order; a pause while a gap is in the way, and to follow, when there is nothing new."""
    while True:
        reading = await outbox.read(after)
        yield reading.events
        if reading.after == after:
            if not follow and not reading.is_held_up:
                return
            if is_closed():
                raise BrokenPipeError
            await asyncio.sleep(POLL_SECONDS)
        after = reading.after


async def _deliver(database: Database, options: SinkOptions, user_agent: str, *, forever: bool) -> None:
    from crawler.sinks.delivering import Delivering  # noqa: PLC0415 # Scrapy imports all commands for any: aiohttp is slow

    async with Delivering(database, options, user_agent, _uncounted) as delivering:
        if forever:
            await asyncio.Event().wait()
        await delivering.finish()


def _uncounted(outcome: str, by: int) -> None:
    """There is no run that it would be counted for; ``sinks`` has the totals."""


async def _print_sinks(database: Database) -> None:
    last = await Outbox(database).last()
    sys.stdout.writelines(f"{told}\n" for told in sink_lines(await Sinks(database).all(), last))


async def _resume(database: Database, name: str, after: int | None) -> None:
    sinks = Sinks(database)
    if await sinks.resume(name, after):
        sys.stdout.write(f"{name} is served again\n")
        return
    known = ", ".join(sink.name for sink in await sinks.all()) or "none"
    raise UsageError(f"there is no sink {name!r}; there are: {known}", print_help=False)

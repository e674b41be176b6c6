"""``scrapy work``: a worker, which crawls what is queued until it is stopped."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

from pymongo.errors import PyMongoError
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from twisted.internet.error import CannotListenError

from crawler.commands.crawl import check_settings
from crawler.commands.json_log import set_up_log
from crawler.commands.refusal import no_storage, refusing, warn_of_misspelt
from crawler.exit_status import ExitStatus
from crawler.storage.connect import StorageUnavailable, storage_session
from crawler.work.options import WorkOptions

if TYPE_CHECKING:
    from crawler.work.worker import Worker

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    """Work on the queue of ``NATS_URL``."""

    requires_project = True
    settings: Settings

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Crawl what is queued (see enqueue), many sites at once, beside other workers on other machines"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """How much at once."""
        super().add_options(parser)
        parser.add_argument("--sites", metavar="N", help="so many at once (default: WORK_SITES)")
        parser.add_argument(
            "--change-lease", action="store_true",
            help="leases are as long as LEASE_SECONDS says, whatever they were: once, when all workers are stopped",
        )  # fmt: skip

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything before anything starts."""
        super().process_options(args, opts)
        if args:
            raise UsageError("it takes no arguments: scrapy enqueue says what is to be crawled", print_help=False)
        if opts.sites is not None:
            self.settings.set("WORK_SITES", opts.sites, priority="cmdline")
        with refusing("work"):
            check_settings(self.settings)
        set_up_log(self.settings, also=_ABOUT_EACH_CRAWL)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work; ``exitcode`` tells whether it could."""
        warn_of_misspelt(self.settings)
        with refusing("work"):
            options = WorkOptions.of(self.settings)
        if not self.settings.get("MONGODB_URI"):
            folder = self.settings["MONGODB_EMBEDDED_FOLDER"]
            self.settings.set("MONGODB_EMBEDDED_SHOWN", f"embedded MongoDB in {folder}/", priority="cmdline")
        try:
            with storage_session(self.settings) as uri:
                self.settings.set("MONGODB_URI", uri, priority="cmdline")
                self._work(options, uri, changes_lease=opts.change_lease)
        except StorageUnavailable as error:
            self.exitcode = no_storage("work", error)

    def _work(self, options: WorkOptions, uri: str, *, changes_lease: bool) -> None:
        from crawler.work.queue import QueueUnavailable  # noqa: PLC0415 - nats is loaded by who needs it
        from crawler.work.worker import Worker  # noqa: PLC0415 - likewise

        process = self.crawler_process
        if not isinstance(process, AsyncCrawlerProcess):
            raise UsageError("scrapy work needs the asyncio reactor (TWISTED_REACTOR)", print_help=False)
        worker = Worker(process, self.settings, options, uri, changes_lease=changes_lease)
        loop = asyncio.get_event_loop()
        task = loop.create_task(worker.run())
        task.add_done_callback(process._stop_reactor)  # noqa: SLF001 - as AsyncCrawlerProcess.start() does
        task.add_done_callback(lambda _: loop.call_later(_LONGEST_END_SECONDS, _exit, "a crawl does not end"))
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _stop, worker)
        process.start(stop_after_crawl=False, install_signal_handlers=False)
        try:
            task.result()
        except QueueUnavailable as error:
            self._unable(str(error), ExitStatus.NO_QUEUE)
        except CannotListenError as error:
            self._unable(f"metrics cannot be told: {error}; take another METRICS_PORT", ExitStatus.FAILED)
        except PyMongoError as error:
            self._unable(f"the database fails: {type(error).__name__}: {error}", ExitStatus.STORAGE_FAILED)

    def _unable(self, why: str, status: ExitStatus) -> None:
        sys.stderr.write(f"scrapy work: {why}\n")
        self.exitcode = status


_ABOUT_EACH_CRAWL = ("scrapy.core.engine", "scrapy.extensions.logstats", "scrapy.statscollectors")
"""A worker says a line of each site itself."""


_LONGEST_END_SECONDS = 20.0
"""For what is left when the worker has ended."""


def _stop(worker: "Worker") -> None:
    """The first time gently, the second time at once."""
    if worker.is_stopping:
        _exit("interrupted again")
    worker.stop()


def _exit(why: str) -> None:
    """As a kill would: what is under way is given to others when its lease is over."""
    logger.error("Ending now: %s", why)
    logging.shutdown()
    os._exit(ExitStatus.INTERRUPTED)

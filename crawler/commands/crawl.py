"""``scrapy crawl``: Scrapy's own, with arguments checked first, a database to store in, and a true exit status."""

import argparse
import logging
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from scrapy import Spider
from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from crawler.commands.json_log import log_as
from crawler.exit_status import ExitStatus, exit_status
from crawler.polite.agent import user_agent
from crawler.polite.backoff import Backoff
from crawler.polite.conduct import Limits
from crawler.push.options import Options
from crawler.sinks.options import SinkOptions
from crawler.spiders.arguments import problems, usage
from crawler.spiders.base import SiteSpider
from crawler.storage.connect import StorageUnavailable, storage_session
from crawler.work.options import WorkOptions

_ABOUT_SCRAPY = ("scrapy.utils.log", "scrapy.addons", "scrapy.crawler", "scrapy.middleware")
"""Loggers that say at every start which components Scrapy is made of: shown with ``-L DEBUG``."""


def _is_told(record: logging.LogRecord) -> bool:
    """Warnings, and that an interrupt was understood."""
    return record.levelno > logging.INFO or str(record.msg).startswith("Received ")


def quieten_scrapy(settings: Settings, also: Sequence[str] = ()) -> None:
    """Set up the log, without what Scrapy says of itself. Raises UsageError."""
    try:
        log_as(settings)
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    if settings["LOG_LEVEL"] != "DEBUG":
        for name in (*_ABOUT_SCRAPY, *also):  # by a filter: Scrapy resets the levels of its loggers when it starts
            logging.getLogger(name).addFilter(_is_told)


def check_settings(settings: Settings) -> None:
    """Raises UsageError for one that would be found wrong only in the middle of a crawl's start."""
    try:
        user_agent(settings["CONTACT"])
        Limits.from_settings(settings)
        Backoff.from_settings(settings)
        SinkOptions.of(settings)
        Options.of(settings)
        if settings["NATS_URL"]:
            WorkOptions.of(settings)
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None


class Command(CrawlCommand):
    """Run a spider by name; exit with what became of it."""

    settings: Settings
    crawler: Crawler | None = None

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options, and ``--quiet``."""
        super().add_options(parser)
        parser.add_argument("--quiet", action="store_true", help="for cron: print errors only, on standard error")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments before anything starts. ``--quiet`` is a log level, no table and no display."""
        super().process_options(args, opts)
        check_settings(self.settings)
        self._check_arguments(args, opts.spargs)
        if opts.quiet:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
            self.settings.set("CLOSING_TABLE", False, priority="cmdline")
            self.settings.set("PROGRESS", False, priority="cmdline")
        quieten_scrapy(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Open the database and crawl; ``exitcode`` tells how it ended."""
        try:
            self._crawl(args, opts)
        except StorageUnavailable as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            self.exitcode = ExitStatus.STORAGE_FAILED

    def _crawl(self, args: list[str], opts: argparse.Namespace) -> None:
        shown = f"embedded MongoDB in {self.settings['MONGODB_EMBEDDED_FOLDER']}/"
        if not self.settings.get("MONGODB_URI"):
            self.settings.set("MONGODB_EMBEDDED_SHOWN", shown, priority="cmdline")
        with storage_session(self.settings) as uri:
            self.settings.set("MONGODB_URI", uri, priority="cmdline")
            super().run(args, opts)
        self.exitcode = self.exitcode or self._outcome()

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self.crawler = super()._create_crawler(spidercls)
        return self.crawler

    def _outcome(self) -> int:
        stats = self.crawler.stats.get_stats() if self.crawler and self.crawler.stats else {}
        return int(exit_status(stats, str(stats.get("finish_reason", "failed"))))

    def _check_arguments(self, args: list[str], told: dict[str, str]) -> None:
        """Raises UsageError, which Scrapy prints before it exits with 2."""
        loader = get_spider_loader(self.settings)
        names = ", ".join(sorted(loader.list()))
        if len(args) != 1 or args[0] not in loader.list():
            wrong = f"there is no spider {args[0]!r}" if len(args) == 1 else "name one spider"
            raise UsageError(f"{wrong}; there are: {names}", print_help=False)
        spider = loader.load(args[0])
        if not issubclass(spider, SiteSpider):
            return
        try:
            spider.arguments_model.model_validate(told)
        except ValidationError as error:
            raise UsageError(
                f"{problems(error)}\n\n{usage(args[0], spider.arguments_model)}", print_help=False
            ) from None

"""``scrapy crawl``: Scrapy's own, with arguments checked first, a database to store in, and a true exit status."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime

import scrapy.core.downloader.contextfactory  # noqa: F401 - first: it looks through all modules that are there by then
from pydantic import ValidationError
from scrapy import Spider
from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from crawler.archive.options import ArchiveOptions
from crawler.browser.options import BrowserOptions
from crawler.commands.json_log import set_up_log
from crawler.commands.refusal import no_storage, refuse, refusing, warn_of_misspelt
from crawler.exit_status import ExitStatus, exit_status
from crawler.metrics.options import MetricsOptions
from crawler.nearest import did_you_mean
from crawler.numbers import check_numbers, check_slots
from crawler.polite.agent import user_agent
from crawler.polite.backoff import Backoff
from crawler.polite.conduct import Limits
from crawler.push.options import Options
from crawler.setting_words import check_database_name, check_words
from crawler.sinks.options import SinkOptions
from crawler.siterules import RuleBook
from crawler.spiders.arguments import problems, usage
from crawler.spiders.base import SiteSpider
from crawler.storage.connect import StorageUnavailable, storage_session
from crawler.work.options import WorkOptions

_DISPLAY = "crawler.extensions.progress.Progress"
"""Not even loaded where there is no terminal: rich starts slowly."""


def check_settings(settings: Settings) -> None:
    """Raises ValueError for one that would be found wrong only in the middle of a crawl's start."""
    check_numbers(settings)
    check_slots(settings)
    check_words(settings)
    check_database_name(settings)
    user_agent(settings["CONTACT"])
    Limits.from_settings(settings)
    Backoff.from_settings(settings)
    SinkOptions.of(settings)
    Options.of(settings)
    MetricsOptions.of(settings, settings["BOT_NAME"])
    BrowserOptions.from_settings(settings)
    RuleBook.of(settings)
    if archive := ArchiveOptions.of(settings):
        archive.prepare()
    if settings["NATS_URL"]:
        WorkOptions.of(settings)


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
        with refusing("crawl"):
            check_settings(self.settings)
        self._check_arguments(args, opts.spargs)
        if opts.quiet:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
            self.settings.set("CLOSING_TABLE", False, priority="cmdline")
            self.settings.set("PROGRESS", False, priority="cmdline")
        if not sys.stderr.isatty():
            self.settings["EXTENSIONS"].pop(_DISPLAY, None)
        set_up_log(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Open the database and crawl; ``exitcode`` tells how it ended."""
        warn_of_misspelt(self.settings)
        try:
            self._crawl(args, opts)
        except StorageUnavailable as error:
            status = no_storage("crawl", error)
            self.exitcode = status
            self._tell_failure(args[0], status)

    def _tell_failure(self, spider: str, status: ExitStatus) -> None:
        options = MetricsOptions.of(self.settings, spider)
        if options.is_wanted:
            from crawler.metrics.failure import tell_failure  # noqa: PLC0415 # who tells nobody needs no prometheus_client

            asyncio.run(tell_failure(options, status, datetime.now(UTC)))

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
        """Exits with 2 if they are wrong."""
        loader = get_spider_loader(self.settings)
        names = sorted(loader.list())
        if len(args) != 1 or args[0] not in names:
            wrong, near = "name one spider", "; what to crawl is said as -a site=…" if len(args) > 1 else ""
            if len(args) == 1:
                wrong, near = f"there is no spider {args[0]!r}", did_you_mean(args[0], names)
            refuse("crawl", f"{wrong}; there are: {', '.join(names)}{near}")
        spider = loader.load(args[0])
        if not issubclass(spider, SiteSpider):
            return
        try:
            spider.arguments_model.model_validate(told)
        except ValidationError as error:
            model = spider.arguments_model
            refuse(f"crawl {args[0]}", f"{problems(error, model)}\n\n{usage(args[0], model)}")

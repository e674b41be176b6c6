"""``scrapy reread``: archived answers, read again with today's reader; nothing is fetched."""

import argparse
import logging
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.asking import add_examples, add_period, add_sites, refuse_words
from crawler.commands.json_log import set_up_log
from crawler.commands.refusal import no_storage, refusing, warn_of_misspelt
from crawler.exit_status import ExitStatus
from crawler.setting_words import check_words
from crawler.siterules import RuleBook
from crawler.start_urls import start_url
from crawler.storage.connect import StorageUnavailable, storage_session
from crawler.urls import site_id

if TYPE_CHECKING:
    from crawler.archive.catalog import Catalog
    from crawler.reread.arguments import RereadArguments

_EXAMPLES = """\
  scrapy reread --dry-run                                what would be read otherwise, of what is in WARC_DIR
  scrapy reread --warc /archive/news --site news.example
  scrapy reread --warc old.warc.gz --url https://news.example/bridge/
"""

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    """Read an archive through the readers and pipelines of a crawl."""

    requires_project = True
    settings: Settings
    archive: Path | None = None
    """``WARC_DIR``, which is no setting of this run any more."""

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Read archived pages (WARC) again, and store what today's reader reads otherwise"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which archive, which articles."""
        super().add_options(parser)
        add_examples(parser, _EXAMPLES)
        parser.add_argument(
            "--warc", action="append", type=Path, metavar="DIR|FILE", help="default: WARC_DIR; may be repeated"
        )
        add_sites(parser)
        add_period(parser, "published")
        parser.add_argument(
            "--url", action="append", default=[], metavar="URL", help="only the article there; may be repeated"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--quiet", action="store_true", help="for cron: print errors only, on standard error")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """The settings that make a crawl one of an archive."""
        super().process_options(args, opts)
        from crawler.reread.settings import DRY, SETTINGS  # noqa: PLC0415 # Scrapy imports all commands for any

        self.archive = Path(told) if (told := self.settings.get("WARC_DIR")) else None
        for name, value in (SETTINGS | (DRY if opts.dry_run else {})).items():
            self.settings.set(name, value, priority="cmdline")
        if opts.quiet:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        with refusing("reread"):
            check_words(self.settings)
            RuleBook.of(self.settings)
        set_up_log(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it. Raises UsageError, which Scrapy prints before it exits with 2, if something is not understood."""
        refuse_words("reread", args)
        told = told_of(opts, self.archive)
        from crawler.archive.catalog import Catalog, warc_files  # noqa: PLC0415 # likewise

        wanted = _wanted(told)
        try:
            files = warc_files(told["warc"])
        except OSError as error:
            raise UsageError(f"{error.filename}: {error.strerror}", print_help=False) from None
        if not files:
            where = " and ".join(map(str, told["warc"]))
            raise UsageError(f"no file named *.warc or *.warc.gz in {where}", print_help=False)
        warn_of_misspelt(self.settings)
        try:
            with Catalog(files) as catalog, storage_session(self.settings) as uri:
                self.settings.set("MONGODB_URI", uri, priority="cmdline")
                self._reread(catalog, wanted, told, quiet=opts.quiet)
        except StorageUnavailable as error:
            self.exitcode = no_storage("reread", error)
        except sqlite3.Error as error:
            self._failed(f"no room for the list of what the archive has: {error}; TMPDIR says where", ExitStatus.FAILED)

    def _reread(self, catalog: "Catalog", wanted: "RereadArguments", told: dict[str, Any], *, quiet: bool) -> None:
        from crawler.reread.closing import closing_lines, reread_status  # noqa: PLC0415 # likewise
        from crawler.reread.spider import RereadSpider  # noqa: PLC0415 # likewise

        began = time.monotonic()
        catalog.fill(wanted.wants_answer, _tell)
        if self.crawler_process is None:
            raise RuntimeError("Scrapy gives this command a process before it runs it")
        crawler = self.crawler_process.create_crawler(RereadSpider)
        self.crawler_process.crawl(crawler, catalog=catalog, **told)
        self.crawler_process.start()
        stats: Mapping[str, Any] = crawler.stats.get_stats() if crawler.stats else {}
        status = reread_status(stats, str(stats.get("finish_reason", "failed")), catalog.reasons)
        if not quiet:
            lines = closing_lines(stats, catalog.reasons, time.monotonic() - began, status)
            sys.stdout.write("\n".join(["", "reread:", *lines]) + "\n")
        self.exitcode = int(status)

    def _failed(self, why: str, status: ExitStatus) -> None:
        sys.stderr.write(f"scrapy reread: {why}\n")
        self.exitcode = int(status)


def told_of(opts: argparse.Namespace, archive: Path | None) -> dict[str, Any]:
    """The arguments of the spider. Raises UsageError."""
    warc = opts.warc or ([archive] if archive else [])
    if not warc:
        raise UsageError("name an archive: --warc DIR, or set WARC_DIR", print_help=False)
    words = [word for part in opts.site for word in part.split(",") if word.strip()]
    return {
        "warc": warc,
        "site": [site_id(url) for url in _urls(words)],
        "url": _urls(opts.url),
        "since": opts.since,
        "until": opts.until,
        "dry_run": opts.dry_run,
    }


def _wanted(told: dict[str, Any]) -> "RereadArguments":
    """What is asked for. Raises UsageError."""
    from crawler.reread.arguments import RereadArguments  # noqa: PLC0415 # Scrapy imports all commands for any

    try:
        return RereadArguments.model_validate(told)
    except ValidationError as error:
        raise UsageError(str(error.errors()[0]["msg"]).removeprefix("Value error, "), print_help=False) from None


def _urls(words: Sequence[str]) -> list[str]:
    try:
        return [start_url(word) for word in words]
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None


def _tell(path: Path, answers: int) -> None:
    logger.info("%s: %s answers so far", path, f"{answers:,}")

"""``scrapy report``: what is stored, as one page to look at."""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.asking.filters import Filters
from crawler.changes import Document
from crawler.commands.asking import add_examples, add_filters, ask, filters_of, refuse_words, warn_of_slow_search
from crawler.commands.gathering import gathered
from crawler.commands.output import output_to
from crawler.report.charts import NoCharts, check_installed, drawings
from crawler.report.page import page
from crawler.storage.article_list import ArticleList

_EXAMPLES = """\
  scrapy report -o report.html
  scrapy report --since 30d --site news.example -o news.html
  scrapy report --category Politics --timezone Europe/Berlin -o politics.html
"""

_NO_PAGE = (
    "{}: a report is one page of HTML; name it {}. (A browser prints it as PDF; without -o it is written to a pipe.)"
)


class Command(ScrapyCommand):
    """Make a report."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Make one HTML page with charts: articles, changes, stories, sites, crawls"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Of which articles, in which zone, to which file."""
        super().add_options(parser)
        add_examples(parser, _EXAMPLES)
        add_filters(parser)
        parser.add_argument(
            "--timezone", type=_zone, default=ZoneInfo("UTC"), metavar="ZONE",
            help="of days, hours and times in the report: Europe/Berlin (default: UTC)",
        )  # fmt: skip
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="write there; it is replaced when all is written"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write it. Raises UsageError, which Scrapy prints before it exits with 2, if something is not understood."""
        refuse_words("report", args)
        if why := _unfit(opts.output):
            raise UsageError(why, print_help=False)
        try:
            check_installed()
        except NoCharts as error:
            raise UsageError(str(error), print_help=False) from None
        if not opts.output and sys.stdout.isatty():
            raise UsageError("a page is nothing for a terminal; name a file: -o report.html", print_help=False)
        ask(self, "report", partial(_answer, opts=opts))


def _unfit(output: Path | None) -> str | None:
    """Why a report cannot be written there; to a device (``/dev/stdout``) it is written whatever its name."""
    if output is None or output.suffix.lower() in (".html", ".htm"):
        return None
    if output.is_dir():
        return f"{output} is a folder; name a file in it: -o {output / 'report.html'}"
    if output.exists() and not output.is_file():
        return None
    return _NO_PAGE.format(output, f"{output.stem}.html")


def _answer(database: Database[Document], opts: argparse.Namespace) -> None:
    filters = filters_of(opts, database)
    has_index = bool(filters.terms) and ArticleList(database).has_text_index()
    if filters.terms and not has_index:
        warn_of_slow_search()
    report = gathered(database, filters, opts.timezone, datetime.now(UTC), text_index=has_index)
    with output_to(opts.output) as output:
        output.write(page(report, drawings(report)))
        if not report.articles:
            output.note(_nothing(filters, report.stored))


def _nothing(filters: Filters, stored: str) -> str:
    if filters == Filters():
        return "no articles yet; crawl a site first: make crawl SITE=https://news.example"
    besides = f"; {stored}" if stored else ""
    return f"no article is like that{besides}; the report says what is known besides"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"{name!r} is no time zone; write one as Europe/Berlin or UTC") from None

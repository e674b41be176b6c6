"""``scrapy articles``: the newest articles in the database, for people and for pipes."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.changes import Document
from crawler.commands.known import not_known
from crawler.commands.output import count, until_closed, write_jsonl
from crawler.exit_status import ExitStatus
from crawler.start_urls import start_url
from crawler.storage.connect import StorageUnavailable, connect, storage_session
from crawler.storage.site_list import SiteList
from crawler.urls import site_id

_HIDDEN = {"sketch": 0, "grouping": 0}
"""For finding copies: nothing to read."""

_COLUMNS = ("published_at", "site", "title", "authors", "word_count")


class Command(ScrapyCommand):
    """List articles."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "List the newest articles in the database"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which articles, how many, in what form."""
        super().add_options(parser)
        parser.add_argument("--site", help="only this site: news.example, example.org/blog")
        parser.add_argument("--limit", type=count, default=20, help="how many (default: %(default)s; 0 for all)")
        parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: %(default)s")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them. Raises UsageError, which Scrapy prints before it exits with 2, if the site is not known."""
        try:
            with until_closed(), storage_session(self.settings) as uri, connect(uri) as client:
                database = client[self.settings["MONGODB_DATABASE"]]
                query = {"site": _stored_name(opts.site, database)} if opts.site else {}
                found = database["articles"].find(query, _HIDDEN).sort("published_at", -1).limit(opts.limit)
                if opts.format == "jsonl":
                    write_jsonl(found)
                else:
                    sys.stdout.writelines(f"{line}\n" for line in _table(found, opts.site))
        except StorageUnavailable as error:
            sys.stderr.write(f"scrapy articles: {error}\n")
            self.exitcode = ExitStatus.STORAGE_FAILED


def _stored_name(told: str, database: Database[Document]) -> str:
    """The name under which the articles of a site are stored; a site may be known and have none yet."""
    try:
        name = site_id(start_url(told))
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    articles, sites = database["articles"], SiteList(database)
    if articles.find_one({"site": name}, {"_id": 1}):
        return name
    if record := sites.find([name]).get(name):
        return record.id
    raise UsageError(not_known(name, sorted({*sites.names(), *articles.distinct("site")})), print_help=False)


def _table(documents: Iterable[Document], site: str | None) -> Iterator[str]:
    none = True
    for document in documents:
        none = False
        cells = [_cell(document.get(name)) for name in _COLUMNS]
        yield "  ".join([f"{cells[0]:<16}", *cells[1:4], f"{cells[4]} words"])
        yield f"                  {document['url']}"
    if none:
        of_it = f" of {site}; crawl it" if site else "; crawl a site"
        yield f"no articles{of_it} first: make crawl SITE={site or 'https://news.example'}"


def _cell(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)

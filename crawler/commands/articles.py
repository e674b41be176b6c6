"""``scrapy articles``: the newest articles in the database, for people and for pipes."""

import argparse
import sys
from collections.abc import Iterable
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.changes import Document
from crawler.commands.output import until_closed, write_jsonl
from crawler.exit_status import ExitStatus
from crawler.storage.connect import StorageUnavailable, connect, storage_session

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
        parser.add_argument("--site", help="only this site, as stored: news.example, example.org/blog")
        parser.add_argument("--limit", type=int, default=20, help="how many (default: %(default)s; 0 for all)")
        parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: %(default)s")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them."""
        query = {"site": opts.site} if opts.site else {}
        write = _write_table if opts.format == "table" else write_jsonl
        try:
            with until_closed(), storage_session(self.settings) as uri, connect(uri) as client:
                articles = client[self.settings["MONGODB_DATABASE"]]["articles"]
                write(articles.find(query, _HIDDEN).sort("published_at", -1).limit(max(0, opts.limit)))
        except StorageUnavailable as error:
            sys.stderr.write(f"scrapy articles: {error}\n")
            self.exitcode = ExitStatus.STORAGE_FAILED


def _write_table(documents: Iterable[Document]) -> None:
    none = True
    for document in documents:
        none = False
        cells = [_cell(document.get(name)) for name in _COLUMNS]
        sys.stdout.write("  ".join([f"{cells[0]:<16}", *cells[1:4], f"{cells[4]} words"]) + "\n")
        sys.stdout.write(f"                  {document['url']}\n")
    if none:
        sys.stdout.write("no articles; crawl a site first: make crawl SITE=https://news.example\n")


def _cell(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)

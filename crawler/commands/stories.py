"""``scrapy stories``: what several articles tell, with who had it first."""

import argparse
import sys
from collections.abc import Iterable
from itertools import islice

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.changes import Document
from crawler.commands.moments import date_or_age
from crawler.commands.output import count, until_closed, write_jsonl
from crawler.exit_status import ExitStatus
from crawler.storage.connect import StorageUnavailable, connect, storage_session
from crawler.storage.story_list import articles_by_story
from crawler.story_report import lines, told


class Command(ScrapyCommand):
    """List stories with their copies."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "List stories that several articles tell, with who had them first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which stories, how many, in what form."""
        super().add_options(parser)
        parser.add_argument("--since", type=date_or_age, help="with a copy published since then: 2025-12-03, 36h, 7d")
        parser.add_argument(
            "--min-sites", type=count, default=1, metavar="N", help="told by N sites or more (default: %(default)s)"
        )
        parser.add_argument("--limit", type=count, default=20, help="how many (default: %(default)s; 0 for all)")
        parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: %(default)s")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them."""
        try:
            with until_closed(), storage_session(self.settings) as uri, connect(uri) as client:
                found = articles_by_story(client[self.settings["MONGODB_DATABASE"]], opts.since)
                stories = islice(told(found, opts.min_sites), opts.limit or None)
                write = _write_table if opts.format == "table" else write_jsonl
                write(stories)
        except StorageUnavailable as error:
            sys.stderr.write(f"scrapy stories: {error}\n")
            self.exitcode = ExitStatus.STORAGE_FAILED


def _write_table(stories: Iterable[Document]) -> None:
    none = True
    for story in stories:
        none = False
        sys.stdout.write("\n".join(lines(story)) + "\n\n")
    if none:
        sys.stdout.write("no story that more than one article tells; scrapy stories --help says what can be asked\n")

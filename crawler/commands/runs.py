"""``scrapy runs``: the crawls, when, of what, and how they ended."""

import argparse
from datetime import UTC, datetime
from functools import partial

from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.asking import columns, markdown, run_table
from crawler.changes import Document
from crawler.commands.asking import (
    Layout,
    add_examples,
    add_formats,
    add_limit,
    add_period,
    add_sites,
    answer,
    ask,
    format_of,
    one_more,
    refuse_words,
)
from crawler.commands.known import stored_sites
from crawler.storage.run_list import JUDGED_BY, judged, runs

_EXAMPLES = """\
  scrapy runs --since 1d
  scrapy runs --site news.example --limit 5
  scrapy runs --limit 0 -o runs.csv
"""

_ROW = dict.fromkeys(run_table.FIELDS, 1) | JUDGED_BY
_FIELDS = {"table": _ROW, "markdown": _ROW} | dict.fromkeys(
    ("csv", "parquet"), columns.fields_of(columns.RUN) | JUDGED_BY
)

_LAYOUT = Layout(
    run_table.lines,
    columns.RUN,
    lambda found: markdown.table(run_table.rows(found), [heading.title for heading in run_table.HEADINGS]),
)


_NOTHING = "no crawl has begun yet: make crawl SITE=https://news.example"
_NOTHING_LIKE_THAT = "no crawl is like that"


class Command(ScrapyCommand):
    """List crawls."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "List crawls, the latest first, and how they ended"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which crawls, how many, in what form."""
        super().add_options(parser)
        add_examples(parser, _EXAMPLES)
        add_sites(parser)
        add_period(parser, "begun")
        add_limit(parser)
        add_formats(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them. Raises UsageError, which Scrapy prints before it exits with 2."""
        refuse_words("runs", args)
        if opts.since and opts.until and opts.since > opts.until:
            raise UsageError("--since is later than --until: nothing can lie between", print_help=False)
        format_of(opts)
        ask(self, "runs", partial(_answer, opts=opts))


def _answer(database: Database[Document], opts: argparse.Namespace) -> None:
    query = run_table.run_query(stored_sites(opts.site, database), opts.since, opts.until)
    found = runs(database, query, _FIELDS.get(format_of(opts), {}), one_more(opts))
    answer(judged(database, found, datetime.now(UTC)), _LAYOUT, opts, lambda: _NOTHING_LIKE_THAT if query else _NOTHING)

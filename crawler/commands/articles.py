"""``scrapy articles``: what is stored, for people, for pipes and for other programs."""

import argparse
from collections.abc import Sequence
from functools import partial

from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.asking import article_table, columns, markdown
from crawler.asking.filters import Filters
from crawler.asking.nearest import nearest
from crawler.changes import Document
from crawler.commands.asking import (
    Layout,
    add_examples,
    add_filters,
    add_formats,
    add_limit,
    answer,
    ask,
    filters_of,
    format_of,
    one_more,
    refuse_words,
    warn_of_slow_search,
)
from crawler.storage.article_list import WHOLE, ArticleList

_EXAMPLES = """\
  scrapy articles --site news.example --since 7d
  scrapy articles --category Politics --category Economy --since 2025-11-01
  scrapy articles --changed --since 2d           what was edited, and which fields
  scrapy articles --gone --limit 0               what sites have taken away
  scrapy articles --search 'bridge "old mill"'   both must occur
  scrapy articles --new --since 1h --limit 0 -o new.jsonl   what crawls found
  scrapy articles --author 'Jane Doe' --limit 0 -o doe.csv
"""

_NAMED = {"categories": "category", "tags": "tag", "authors": "author"}

FIELDS = {
    "table": dict.fromkeys(article_table.FIELDS, 1),
    "csv": columns.fields_of(columns.ARTICLE),
    "parquet": columns.fields_of(columns.ARTICLE),
    "markdown": dict.fromkeys(markdown.FIELDS, 1),
}
"""What each format needs of an article."""


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
        return "List articles in the database, the newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which articles, how many, in what form."""
        super().add_options(parser)
        add_examples(parser, _EXAMPLES)
        add_filters(parser)
        add_limit(parser)
        add_formats(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them. Raises UsageError, which Scrapy prints before it exits with 2, if something is not understood."""
        refuse_words("articles", args)
        format_of(opts)
        ask(self, "articles", partial(_answer, opts=opts))


def _answer(database: Database[Document], opts: argparse.Namespace) -> None:
    filters, articles = filters_of(opts, database), ArticleList(database)
    if filters.terms and not articles.has_text_index():
        warn_of_slow_search()
    found = articles.find(filters, FIELDS.get(format_of(opts), WHOLE), one_more(opts))
    layout = Layout(partial(article_table.lines, dated=filters.dated), columns.ARTICLE, markdown.articles)
    answer(found, layout, opts, lambda: _nothing(filters, articles))


def _nothing(filters: Filters, articles: ArticleList) -> str:
    """What to say where no article was found: a name that none has is likely to be misspelt."""
    where = f" of {' or '.join(filters.sites)}" if filters.sites else ""
    unknown = []
    for field, word in _NAMED.items():
        wanted = getattr(filters, field)
        names = articles.names(field, filters.sites) if wanted else []
        unknown += [
            f"no article{where} has the {word} {name!r}{_meant(name, names)}" for name in wanted if name not in names
        ]
    if unknown:
        return "\n".join(unknown)
    if filters == Filters(sites=filters.sites):
        site = filters.sites[0] if filters.sites else "https://news.example"
        return f"no articles{where}; crawl {'it' if where else 'a site'} first: make crawl SITE={site}"
    return f"no article{where} is like that"


def _meant(name: str, names: Sequence[str]) -> str:
    near = nearest(name, names)
    return f"; did you mean {' or '.join(near)}?" if near else ""

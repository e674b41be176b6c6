"""``scrapy stories``: what several articles tell, with who had it first."""

import argparse
from collections.abc import Iterable, Iterator
from functools import partial

from pymongo.database import Database
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.asking import columns, markdown
from crawler.asking.printable import on_one_line
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
    refuse_words,
    warn_of_slow_search,
)
from crawler.commands.output import how_many_sites
from crawler.storage.article_list import ArticleList
from crawler.storage.story_list import articles_by_story
from crawler.story_report import lines, told

_EXAMPLES = """\
  scrapy stories --since 7d --min-sites 3              what several sites tell
  scrapy stories --site news.example                   what it has in common with others
  scrapy stories --search bridge --limit 0 -o bridge.csv
"""

_NOTHING = "no story that more than one article tells; scrapy stories --help says what can be asked"


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
        add_examples(parser, _EXAMPLES)
        add_filters(parser)
        parser.add_argument(
            "--min-sites",
            type=how_many_sites,
            default=1,
            metavar="N",
            help="told by N sites or more (default: %(default)s)",
        )
        add_limit(parser)
        add_formats(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print them."""
        refuse_words("stories", args)
        format_of(opts)
        ask(self, "stories", partial(_answer, opts=opts))


def _answer(database: Database[Document], opts: argparse.Namespace) -> None:
    filters, articles = filters_of(opts, database), ArticleList(database)
    has_index = bool(filters.terms) and articles.has_text_index()
    if filters.terms and not has_index:
        warn_of_slow_search()
    found = told(articles_by_story(database, filters, text_index=has_index), opts.min_sites)
    answer(found, _LAYOUT, opts, lambda: _NOTHING)


def _table(stories: Iterable[Document]) -> Iterator[Text]:
    for story in stories:
        for number, line in enumerate(lines(story)):
            yield Text(line, "dim" if number else "", no_wrap=True)
        yield Text()


def _markdown(stories: Iterable[Document]) -> Iterator[str]:
    for story in stories:
        first = story["articles"][0]
        yield f"## {markdown.escaped(on_one_line(first.get('title') or 'Without a title'))}\n\n"
        yield from (f"- {markdown.escaped(on_one_line(line))}\n" for line in lines(story)[1:])
        yield "\n"


_LAYOUT = Layout(lambda stories, _: _table(stories), columns.STORY, _markdown, columns.story_rows)

"""What the commands that ask the database share: its connection, their filters, their formats."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo.database import Database
from pymongo.errors import PyMongoError
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.asking.columns import Column
from crawler.asking.filters import Filters
from crawler.asking.formats import FORMATS, SUFFIXES, csv_rows, json_array, jsonl
from crawler.asking.parquet import NoParquet, check_installed, write_parquet
from crawler.asking.terms import terms_of
from crawler.changes import Document
from crawler.commands.known import stored_sites
from crawler.commands.moments import date_or_age, end_of_day_or_age
from crawler.commands.output import Output, count, output_to, until_closed
from crawler.commands.refusal import no_storage, warn_of_misspelt
from crawler.exit_status import ExitStatus
from crawler.storage.connect import StorageUnavailable, connect, storage_session

ANSWER_MILLISECONDS = 300_000
"""Deadline of one answer: a search without an index may go through a whole archive before it finds an article."""

SHOWN = 20
"""How many are shown, if nobody says."""

Table = Callable[[Iterable[Document], int | None], Iterable[Text]]
"""Documents, and the width of the terminal or None, to lines."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How documents of one kind are written in each format; JSON and JSON lines have them as they are."""

    table: Table
    columns: Sequence[Column]
    """Of CSV and Parquet."""
    markdown: Callable[[Iterable[Document]], Iterator[str]]
    rows: Callable[[Iterable[Document]], Iterable[Mapping[str, Any]]] = iter
    """What CSV and Parquet have a row of."""


def ask(command: ScrapyCommand, name: str, answer: Callable[[Database[Document]], None]) -> None:
    """Give a command its database; if it cannot be had, say why and exit with 7."""
    settings = command.settings
    if settings is None:
        raise RuntimeError("Scrapy gives a command its settings before it runs it")
    warn_of_misspelt(settings)
    try:
        with (
            until_closed(),
            storage_session(settings) as uri,
            connect(uri, socketTimeoutMS=ANSWER_MILLISECONDS) as client,
        ):
            answer(client[settings["MONGODB_DATABASE"]])
    except StorageUnavailable as error:
        command.exitcode = no_storage(name, error)
    except PyMongoError as error:
        sys.stderr.write(f"scrapy {name}: the database failed: {type(error).__name__} ({str(error)[:300]})\n")
        command.exitcode = ExitStatus.STORAGE_FAILED


def add_examples(parser: argparse.ArgumentParser, examples: str) -> None:
    """Show them below the options."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"examples:\n{examples}"


def add_sites(parser: argparse.ArgumentParser) -> None:
    """``--site``."""
    parser.add_argument(
        "--site", action="append", default=[], metavar="SITE[,SITE…]",
        help="only of these sites: news.example, example.org/blog, or any URL that a crawl began with; may be repeated",
    )  # fmt: skip


def add_period(parser: argparse.ArgumentParser, what: str) -> None:
    """``--since`` and ``--until``."""
    parser.add_argument(
        "--since", type=date_or_age, metavar="DATE|AGE", help=f"{what} since then: 2025-12-03, 36h, 7d, 2w"
    )
    parser.add_argument(
        "--until", type=end_of_day_or_age, metavar="DATE|AGE", help=f"{what} until then, a day included"
    )


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Which articles are meant: the options that ``filters_of`` reads."""
    add_sites(parser)
    add_period(parser, "published")
    dated = parser.add_mutually_exclusive_group()
    for name, what in (
        ("new", "by when they were found, however long ago they were published"),
        ("changed", "those that have changed, gone or come back since they were found, by when they last did"),
        ("gone", "those that their site no longer has, by when that was found"),
    ):
        dated.add_argument(f"--{name}", dest="dated", action="store_const", const=name, default="published", help=what)
    for name, plural in (("category", "categories"), ("tag", "tags"), ("author", "authors")):
        parser.add_argument(
            f"--{name}",
            dest=plural,
            action="append",
            default=[],
            metavar="NAME",
            help="as the site writes it; may be repeated",
        )
    parser.add_argument("--language", metavar="CODE", help="en is en-GB, too")
    parser.add_argument(
        "--search", type=_terms, default=(), metavar="WORDS", help="every word occurs; 'a \"certain phrase\"'"
    )
    parser.add_argument("--story", metavar="ID", help="a text and its copies: the story_id of any of them")


def filters_of(opts: argparse.Namespace, database: Database[Document]) -> Filters:
    """What ``add_filters`` was told. Raises UsageError if a site is not known or something cannot be meant."""
    try:
        return Filters(
            sites=stored_sites(opts.site, database), since=opts.since, until=opts.until, dated=opts.dated,
            categories=tuple(opts.categories), tags=tuple(opts.tags), authors=tuple(opts.authors),
            language=opts.language, terms=opts.search, story=opts.story,
        )  # fmt: skip
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None


def add_formats(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """``--format`` and ``-o``."""
    parser.add_argument("--format", choices=formats, help=f"default: what the name of FILE says, else {formats[0]}")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write there; it is replaced when all is written"
    )


def refuse_words(name: str, words: Sequence[str]) -> None:
    """Of a command that takes options only: UsageError for what Scrapy's parser has left over."""
    if words:
        hint = f"; did you mean --site {words[0]}?" if not words[0].startswith("-") else ""
        raise UsageError(
            f"not understood: {' '.join(words)}{hint}\nscrapy {name} --help says what can be asked", print_help=False
        )


def add_limit(parser: argparse.ArgumentParser, default: int | None = None) -> None:
    """``--limit``; without a default ``SHOWN``, with a word about it if there are more."""
    shown = SHOWN if default is None else default
    parser.add_argument(
        "--limit", type=count, default=default, metavar="N", help=f"how many (default: {shown}; 0 for all)"
    )


def format_of(opts: argparse.Namespace) -> str:
    """The format that is meant. Raises UsageError if it cannot be told, or cannot be written."""
    named = SUFFIXES.get(opts.output.suffix.lower()) if opts.output else "table"
    if not (chosen := opts.format or named):
        raise UsageError(f"the name {opts.output.name!r} does not tell a format; add --format", print_help=False)
    if chosen == "parquet":
        _check_parquet(opts)
    return str(chosen)


def _check_parquet(opts: argparse.Namespace) -> None:
    try:
        check_installed()
    except NoParquet as error:
        raise UsageError(str(error), print_help=False) from None
    if not opts.output and sys.stdout.isatty():
        raise UsageError("parquet is nothing for a terminal; name a file: -o articles.parquet", print_help=False)


def limit_of(opts: argparse.Namespace) -> int:
    """How many are wanted; 0 is all."""
    return SHOWN if opts.limit is None else int(opts.limit)


def one_more(opts: argparse.Namespace) -> int:
    """How many to ask a database for, to know whether there are more."""
    return limit_of(opts) + 1 if limit_of(opts) else 0


def answer(documents: Iterable[Document], layout: Layout, opts: argparse.Namespace, nothing: Callable[[], str]) -> None:
    """Write what was found, as it comes, up to the limit; of nothing, say what ``nothing`` says."""
    shown = _Shown(documents, limit_of(opts))
    with output_to(opts.output) as output:
        write(shown, layout, format_of(opts), output)
        if not shown.count:
            output.note(nothing())
        elif shown.more and opts.limit is None:
            output.note(f"the first {SHOWN}; there are more: --limit 0 is all")


def write(documents: Iterable[Document], layout: Layout, form: str, output: Output) -> None:
    """Write documents in a format."""
    match form:
        case "json":
            output.write(json_array(documents))
        case "jsonl":
            output.write(jsonl(documents))
        case "csv":
            output.write(csv_rows(layout.rows(documents), layout.columns))
        case "parquet":
            write_parquet(layout.rows(documents), layout.columns, output.binary)
        case "markdown":
            output.write(layout.markdown(documents))
        case _:
            output.lines(layout.table(documents, output.width))


def warn_of_slow_search() -> None:
    """Say, apart from the answer, why it takes its time."""
    sys.stderr.write("no text index here: every article is searched, which is slow; parts of words are found, too\n")


class _Shown:
    """Documents up to a limit, counted as they are written; ``more``: whether there were others."""

    def __init__(self, documents: Iterable[Document], limit: int) -> None:
        self._documents = documents
        self._limit = limit
        self.count = 0
        self.more = False

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            if self._limit and self.count == self._limit:
                self.more = True
                return
            self.count += 1
            yield document


def _terms(text: str) -> Any:
    try:
        return terms_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None

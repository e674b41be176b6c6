"""``scrapy article``: one article to read, with what became of it and what it said before."""

import argparse
import sys
from collections.abc import Sequence

from bson import ObjectId
from pymongo.database import Database
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.asking import columns, markdown
from crawler.asking.article_page import STORY_FIELDS, changes, history, page
from crawler.asking.formats import FORMATS
from crawler.asking.lookup import best_match, similar_urls
from crawler.asking.words import readable_url
from crawler.changes import Document
from crawler.commands.asking import Layout, Table, add_examples, add_formats, add_sites, ask, format_of, write
from crawler.commands.known import stored_sites
from crawler.commands.output import Output, output_to
from crawler.exit_status import ExitStatus
from crawler.start_urls import start_url
from crawler.storage.article_list import ArticleList
from crawler.urls import site_id, url_key

_EXAMPLES = """\
  scrapy article https://news.example/2025/12/bridge/  any spelling of a URL
  scrapy article 6b0aab5b474a38fadc4c0f5b              its _id, as in JSON
  scrapy article 131 --site news.example               WordPress's id of the post
  scrapy article news.example/2025/12/bridge --diff    what its editors changed
  scrapy article 131 --site news.example -o bridge.md
"""

_COPIES = 100
"""Articles of its story that are looked at."""

_LONGEST_ID = 15
"""Digits: MongoDB has no numbers of twenty, and no WordPress has so many posts."""


class Command(ScrapyCommand):
    """Show one article."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "URL|ID [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Show one article, what became of it, and what it said before"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which article, what of it, in what form."""
        super().add_options(parser)
        add_examples(parser, _EXAMPLES)
        add_sites(parser)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--revisions", action="store_true", help="list what changed when")
        what.add_argument("--diff", action="store_true", help="show what each change was, word by word")
        add_formats(parser, ("text", *FORMATS[1:]))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print it. Raises UsageError; exits with 6 if no such article is stored."""
        if len(args) != 1 or args[0].startswith("-"):
            raise UsageError(f"which article? scrapy article {self.syntax()}\n\n{_EXAMPLES}", print_help=False)
        if opts.diff and format_of(opts) not in ("table", "text"):
            raise UsageError("--diff is for people; --revisions gives programs what was said before", print_help=False)
        ask(self, "article", lambda database: self._answer(database, args[0], opts))

    def _answer(self, database: Database[Document], told: str, opts: argparse.Namespace) -> None:
        articles = ArticleList(database)
        document = _stored(told, stored_sites(opts.site, database), articles)
        if document is None:
            sys.stderr.write(f"scrapy article: no such article is stored: {told}{_meant(told, articles)}\n")
            self.exitcode = ExitStatus.NOTHING_FOUND
            return
        with output_to(opts.output) as output:
            _write(document, articles, opts, output)


def _stored(told: str, sites: Sequence[str], articles: ArticleList) -> Document | None:
    """The article that is meant by an id or a URL. Raises UsageError for what is neither."""
    if ObjectId.is_valid(told):
        return articles.with_id(ObjectId(told))
    if told.isdecimal():
        if len(sites) != 1:
            raise UsageError(f"{told} of which site? Each WordPress counts its own posts: add --site", print_help=False)
        return articles.with_wp_id(sites[0], int(told)) if len(told) <= _LONGEST_ID else None
    try:
        url = start_url(told)
    except ValueError as error:
        raise UsageError(f"{error}; or an id: 24 digits, or WordPress's with --site", print_help=False) from None
    return best_match(url, (found for found in articles.with_key(url_key(url)) if not sites or found["site"] in sites))


def _meant(told: str, articles: ArticleList) -> str:
    if told.isdecimal() or ObjectId.is_valid(told):
        return ""
    near = similar_urls(told, articles.urls_of_host(site_id(start_url(told)).partition("/")[0]))
    leads = ["did you mean", *["          or"] * len(near)]
    return "".join(f"\n{lead} {readable_url(url)}" for lead, url in zip(leads, near, strict=False))


def _write(document: Document, articles: ArticleList, opts: argparse.Namespace, output: Output) -> None:
    revisions = articles.revisions(document["_id"])
    described = columns.REVISION if opts.revisions else columns.ARTICLE
    layout = Layout(_for_people(document, articles, opts, output), described, markdown.articles)
    write(revisions if opts.revisions or opts.diff else [document], layout, format_of(opts), output)


def _for_people(document: Document, articles: ArticleList, opts: argparse.Namespace, output: Output) -> Table:
    if opts.revisions:
        return lambda revisions, _: history(document, revisions)
    if opts.diff:
        return lambda revisions, _: changes(document, revisions, colours=output.has_colour)
    story_id = document.get("story_id")
    story = articles.story(story_id, dict.fromkeys(STORY_FIELDS, 1), _COPIES) if story_id else []
    return lambda _, __: page(document, story)

"""A site and the crawler that comes by again and again: what it stored, what it asked for, what it recorded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from .comparison import assert_right
from .crawling import Crawler, Document
from .install import Site
from .scenarios import NEIGHBOURS, Scenario, Theme
from .server import Request, forget_requests, requests_of
from .truth import Post, truth_of


def prepared(site: Site, scenario: Scenario) -> Site:
    """The site as a scenario wants it."""
    site.change(
        theme=[scenario.theme.name],
        structure=[scenario.structure],
        front=[scenario.front],
        option=["pressroom_front", scenario.option],
    )
    return site


@dataclass
class Newspaper:
    """A site, its crawler and the arguments of every crawl. ``reading`` is what the articles are to tell."""

    site: Site
    crawler: Crawler
    reading: Theme
    arguments: dict[str, str] = field(default_factory=dict)

    def crawl(self, **arguments: str) -> dict[int, Document]:
        """Crawl it once more; the articles by WordPress id."""
        forget_requests(self.site)
        status = self.crawler.run("wordpress", site=self.site.url, **self.arguments | arguments)
        assert status == 0, self.crawler.log()[-5000:]
        return self.stored()

    def stored(self) -> dict[int, Document]:
        """The articles by WordPress id, each id once."""
        documents = self.crawler.documents()
        found = {document.get("wp_id"): document for document in documents}
        assert len(found) == len(documents)
        return {id_: document for id_, document in found.items() if id_ is not None}

    def assert_right(self, documents: Iterable[Document] | None = None) -> None:
        """The articles that are not gone, or these, are what the site has now."""
        chosen = self.crawler.documents() if documents is None else documents
        there = [document for document in chosen if "gone_at" not in document]
        # Neighbours are as they were when the post was read: looked at only where every post is read each time.
        old = NEIGHBOURS - self.reading.shows
        told = [{name: value for name, value in document.items() if name not in old} for document in there]
        assert_right(truth_of(self.site), told, self.reading)

    def post(self, key: str) -> Post:
        """One public post."""
        return next(post for post in truth_of(self.site).values() if post.key == key)

    def asked(self) -> list[Request]:
        """The requests of the latest crawl."""
        return requests_of(self.site)

    def announced(self) -> list[Document]:
        """The events that tell of articles."""
        events = self.crawler.documents("events")
        return [event for event in events if event["type"].startswith("article.")]

    def told(self) -> list[str]:
        """What the latest crawl announced of articles, by type."""
        began = self.crawler.documents("runs")[-1]["started_at"]
        return sorted(event["type"] for event in self.announced() if event["at"] >= began)

    def revisions(self) -> list[Document]:
        """What articles said before, the latest replaced last."""
        return sorted(self.crawler.documents("revisions"), key=itemgetter("replaced_at"))

    def record(self) -> Document:
        """What is remembered of the site."""
        [record] = self.crawler.documents("sites")
        return record

    def report(self) -> Document:
        """What the record of the latest run says of the site."""
        [report] = self.crawler.documents("runs")[-1]["sites"]
        return dict(report)

    @contextmanager
    def nothing_written(self) -> Iterator[None]:
        """Within the block no article changes, but for when it was seen."""
        before = [_content(document) for document in self.crawler.documents()]
        events, revisions = self.announced(), self.revisions()
        yield
        assert [_content(document) for document in self.crawler.documents()] == before
        assert (self.announced(), self.revisions()) == (events, revisions)


def _content(document: Document) -> dict[str, Any]:
    """A document without what every sighting may change."""
    source = {name: value for name, value in document["source"].items() if name != "fetched_at"}
    return {name: value for name, value in document.items() if name != "last_seen_at"} | {"source": source}

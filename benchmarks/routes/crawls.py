"""The crawls that are measured: the first by each route, and those after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.routes.newspaper import Newspaper
from benchmarks.routes.targets import NOTHING_NEW, ONE_POST, Cost, first_crawl

ALONE = ("rest", "feed", "sitemap", "archive", "navigation")
"""Routes that are walked with no other beside them."""

_PASSED_BY = 1
"""Of the three seeded posts of one second the links to previous and next posts leave out one, whichever way."""

NEWS = {"post_title": "Fresh from the pier", "post_content": "<p>The ferry is early.</p>"}
EDIT = {"post_title": "Pictures, corrected", "post_content": "<p>The editors regret the pictures.</p>"}
RENAMED = {"post_name": "quite-another-address"}


@dataclass(frozen=True)
class Step:
    """A change of the site, and the crawl after it: see the commands of ``change.php``."""

    what: str
    expected: int
    most: float | None
    change: Mapping[str, list[object]] = field(default_factory=dict)
    arguments: dict[str, str] = field(default_factory=dict)


STEPS = (
    Step("nothing new", 0, NOTHING_NEW),
    Step("one new post", 1, ONE_POST, {"publish": ["fresh", NEWS]}),
    Step("one edited", 1, ONE_POST, {"edit": ["caption", EDIT]}),
    Step("one at another address", 1, ONE_POST, {"edit": ["blocks", RENAMED]}),
    Step("one moved to another category", 1, ONE_POST, {"move": ["several", "asia"]}),
    Step("one deleted: not seen until a whole crawl", 0, ONE_POST, {"trash": ["short"]}),
    Step("the whole crawl: it is missing", 0, None, arguments={"full": "1"}),
    Step("the next whole crawl: it is gone", 1, None, arguments={"full": "1"}),
)


def first_crawls(paper: Newspaper, routes: Iterable[str]) -> Iterator[Cost]:
    """Everything, by one route alone; each into an empty database."""
    for route in routes:
        spider, told, expected = "wordpress", {"site": paper.site.url, "routes": route}, paper.posts
        if route == "navigation":  # begins at a post, and needs no other route to lead to it
            spider, told, expected = "navigation", {"url": paper.newest_url()}, paper.posts - _PASSED_BY
        with paper.crawler(route) as crawler:
            yield paper.cost(f"first crawl by {route} alone", crawler, spider, told, expected)


def ladder(paper: Newspaper) -> Iterator[Cost]:
    """As a user crawls: the ladder, checked against the sitemaps, and then what is new again and again."""
    told = {"site": paper.site.url}
    with paper.crawler("ladder") as crawler:
        yield paper.cost("first crawl", crawler, "wordpress", told, paper.posts, first_crawl(paper.posts))
        for step in STEPS:
            if step.change:
                paper.site.change(**step.change)
            yield paper.cost(step.what, crawler, "wordpress", told | step.arguments, step.expected, step.most)

"""A whole site, crawled once by its pages, per theme and permalinks: every public post stored once and read right."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter

import pytest

from .comparison import assert_right
from .conftest import OpenCrawler, OpenSite
from .crawling import Crawler
from .install import Site
from .newspaper import prepared
from .scenarios import BY_PAGES, SCENARIOS, Scenario
from .server import Request, requests_of
from .truth import OUTSIDE_ARTICLES, SECRETS, reachable, truth_of

NEVER_ASKED_FOR = (
    "wp-admin",
    "wp-login",
    "wp-comments",
    "replytocom",
    "comment-page",
    "cpage=",
    "?s=",
    "/embed",
)


@dataclass(frozen=True)
class Crawled:
    """A scenario after one crawl."""

    scenario: Scenario
    site: Site
    crawler: Crawler
    status: int


@pytest.fixture(scope="module")
def crawls(
    request: pytest.FixtureRequest, open_site: OpenSite, open_crawler: OpenCrawler
) -> Iterator[Mapping[Scenario, Future[Crawled]]]:
    """The crawls of all scenarios that are tested in this run, two at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {
            scenario: pool.submit(
                crawl, scenario, prepared(open_site(scenario.name), scenario), open_crawler(scenario.name)
            )
            for scenario in scenarios_of(request.session)
        }


def scenarios_of(session: pytest.Session) -> list[Scenario]:
    """The scenarios of the tests that were collected and not deselected."""
    specs = [getattr(item, "callspec", None) for item in session.items]
    values = dict.fromkeys(spec.params.get("crawled") for spec in specs if spec)
    return [value for value in values if isinstance(value, Scenario)]


def crawl(scenario: Scenario, site: Site, crawler: Crawler) -> Crawled:
    """Crawl a site to the end."""
    return Crawled(scenario, site, crawler, crawler.run("wordpress", site=site.url, routes=BY_PAGES))


@pytest.fixture(scope="module", params=SCENARIOS, ids=lambda scenario: scenario.name)
def crawled(request: pytest.FixtureRequest, crawls: Mapping[Scenario, Future[Crawled]]) -> Crawled:
    return crawls[request.param].result(timeout=600)


def test_the_crawl_succeeds(crawled: Crawled) -> None:
    assert crawled.status == 0, crawled.crawler.log()[-5000:]


def test_every_public_post_is_stored_once_and_right(crawled: Crawled) -> None:
    posts = truth_of(crawled.site)
    if not crawled.scenario.has_archives:
        posts = reachable(posts, max(posts.values(), key=attrgetter("published_at")))
    assert_right(posts, crawled.crawler.documents(), crawled.scenario.theme)


def test_nothing_that_is_not_public_is_stored(crawled: Crawled) -> None:
    everything = crawled.crawler.everything().lower()
    assert [secret for secret in SECRETS if secret.lower() in everything] == []
    articles = str(crawled.crawler.documents())
    assert [word for word in OUTSIDE_ARTICLES if word in articles] == []


def test_documents_say_whose_they_are(crawled: Crawled) -> None:
    documents = crawled.crawler.documents()
    same = {(document["schema"], document["site"], document["revision"]) for document in documents}
    assert same == {(1, f"127.0.0.1:{crawled.site.port}", 0)}
    # Not every page names its theme: of a block theme nothing may be loaded from the theme's folder.
    assert {document["source"].get("theme") for document in documents} <= {crawled.scenario.theme.name, None}
    assert crawled.crawler.documents("revisions") == []


def test_twins_are_known_as_copies(crawled: Crawled) -> None:
    by_title = {document["title"]: document for document in crawled.crawler.documents()}
    first, second = by_title["The first of two twins"], by_title["The second of two twins"]
    assert first["content_hash"] == second["content_hash"]
    assert "duplicate_of" not in first
    assert second["duplicate_of"] == str(first["_id"])


def test_pictures_and_embeds_are_read(crawled: Crawled) -> None:
    by_title = {document["title"]: document for document in crawled.crawler.documents()}
    [captioned] = by_title["Pictures the classic way"]["images"]
    picture = f"{crawled.site.url}/wp-content/uploads/2024/06/pier.png"
    assert captioned["url"] == picture
    assert (captioned["alt"], captioned["caption"]) == ("A blue pier", "The pier at noon")
    assert by_title["A gallery of lanterns"]["images"][0]["url"] == picture
    [embed] = by_title["Every block of the editor"]["embeds"]
    assert embed["kind"] == "video"
    assert "harbour0001" in embed["url"]


def test_requests_are_few_and_decent(crawled: Crawled) -> None:
    requests: list[Request] = requests_of(crawled.site)
    uris = [request.uri for request in requests]
    assert [uri for uri in set(uris) if uris.count(uri) > 1] == []
    assert [uri for uri in uris if any(part in uri for part in NEVER_ASKED_FOR)] == []
    assert len(uris) < 5 * len(truth_of(crawled.site))
    assert [request for request in requests if request.status >= 500] == []

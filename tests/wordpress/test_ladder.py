"""The default crawl: by REST where that answers, else by the next route, whatever is switched off."""

from collections.abc import Mapping

import pytest

from benchmarks.routes.targets import first_crawl

from .conftest import OpenCrawler, OpenSite
from .newspaper import Newspaper, prepared
from .scenarios import BY_FEED, BY_REST, PRESSROOM, SCENARIOS, TWENTY_ONE, Scenario

IN_A_FOLDER = Scenario("in-a-folder", TWENTY_ONE, "/%postname%/")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_post_by_rest_with_few_requests(
    open_site: OpenSite, open_crawler: OpenCrawler, scenario: Scenario
) -> None:
    site = prepared(open_site(f"ladder-{scenario.name}"), scenario)
    assert_whole_by_rest(Newspaper(site, open_crawler(f"ladder-{scenario.name}"), BY_REST))


def test_a_site_in_a_folder(open_site: OpenSite, open_crawler: OpenCrawler) -> None:
    site = prepared(open_site("ladder-folder", "/blog"), IN_A_FOLDER)
    newspaper = Newspaper(site, open_crawler("ladder-folder"), BY_REST)
    assert_whole_by_rest(newspaper)
    assert {document["site"] for document in newspaper.stored().values()} == {f"127.0.0.1:{site.port}/blog"}


def assert_whole_by_rest(newspaper: Newspaper) -> None:
    """A first crawl has every post once and right, knows it, and asked for little."""
    stored = newspaper.crawl()
    newspaper.assert_right()
    assert len(newspaper.asked()) <= first_crawl(len(stored)), newspaper.asked()
    assert [request for request in newspaper.asked() if request.status >= 500] == []
    report = newspaper.report()
    assert (report["complete"], report["why"], report["missing"]) == (True, [], [])
    assert (report["route"], newspaper.record()["route"]) == ("rest", "rest")
    assert report["counts"]["rest"] == len(stored)


@pytest.mark.parametrize(
    ("off", "route", "reasons"),
    [
        ("rest", "feed", {"rest": "rest_disabled"}),
        ("rest,feed", "sitemap", {"rest": "rest_disabled", "feed": "http_404"}),
        ("rest,feed,sitemap", "archive", {"rest": "rest_disabled", "feed": "http_404", "sitemap": "http_404"}),
    ],
)
def test_every_post_by_what_remains(
    open_site: OpenSite, open_crawler: OpenCrawler, off: str, route: str, reasons: Mapping[str, str]
) -> None:
    name = f"ladder-without-{off.replace(',', '-')}"
    site = open_site(name)
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"], option=["presswalk_off", off])
    newspaper = Newspaper(site, open_crawler(name), BY_FEED if route == "feed" else PRESSROOM)
    newspaper.crawl()
    newspaper.assert_right()
    record, report = newspaper.record(), newspaper.report()
    assert (record["route"], report["route"]) == (route, route)
    assert {name: record["offers"][name].get("reason") for name in reasons} == reasons
    assert {name: report["routes"][name]["reason"] for name in reasons} == reasons
    assert all(f"({reason})" in record["route_reason"] for reason in reasons.values())
    assert (report["complete"], report["why"]) == (True, [])

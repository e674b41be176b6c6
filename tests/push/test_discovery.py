"""Where a site can be subscribed to."""

from crawler.push.discovery import Hubs, discover_hubs, feed_of, offer_of
from crawler.push.rsscloud import Cloud, cloud_of
from crawler.site_record import PushOffer
from tests.routes.feeds import FEED, atom, item, rss

HUB = '<atom:link rel="hub" href="https://hub.example/"/>'
SELF = '<atom:link rel="self" type="application/rss+xml" href="https://news.example/?feed=rss2"/>'


def test_a_feed_names_its_hub_and_itself() -> None:
    feed = rss(item(), head=HUB + SELF + '<atom:link rel="hub" href="/?pushpress=hub"/>')
    hubs = ("https://hub.example/", "https://news.example/?pushpress=hub")
    assert discover_hubs(FEED, "", feed) == Hubs(hubs, "https://news.example/?feed=rss2")


def test_the_topic_is_kept_to_the_letter() -> None:
    odd = "https://News.Example:443/feed/?b=1&amp;a=%7e"
    feed = rss(item(), head=HUB + f'<atom:link rel="self" href="{odd}"/>')
    assert discover_hubs(FEED, "", feed) == Hubs(("https://hub.example/",), "https://News.Example:443/feed/?b=1&a=%7e")


def test_an_atom_feed() -> None:
    feed = atom().replace(b"<entry>", b'<link rel="hub" href="https://hub.example/"/><entry>')
    assert discover_hubs(FEED, "", feed) == Hubs(("https://hub.example/",), "https://news.example/feed/atom/")


def test_link_headers_come_first() -> None:
    header = '<https://first.example/hub>; rel="hub", <https://news.example/feed/>; rel=self, <x>; rel="next"'
    found = discover_hubs("https://news.example/feed/?x", header, rss(item(), head=HUB + SELF))
    assert found == Hubs(("https://first.example/hub", "https://hub.example/"), "https://news.example/feed/")


def test_a_page_and_a_feed_without_self() -> None:
    page = b'<html><head><link rel="hub" href="https://hub.example/"></head><body><p>News</p></body></html>'
    assert discover_hubs("https://news.example/", "", page) == Hubs(("https://hub.example/",), "https://news.example/")


def test_no_hub() -> None:
    assert discover_hubs(FEED, "", rss(item(), head=SELF)) is None
    assert discover_hubs(FEED, "", b"") is None
    assert discover_hubs(FEED, '<javascript:alert(1)>; rel="hub"', b"<p>x</p>") is None


def cloud(**attributes: str) -> Cloud | None:
    told = {"domain": "news.example", "port": "80", "path": "/?rsscloud=notify", "protocol": "http-post"} | attributes
    written = " ".join(f'{name}="{value}"' for name, value in told.items())
    feed = feed_of(rss(item(), head=f"<cloud {written}/>"))
    assert feed is not None
    return cloud_of(feed)


def test_a_feed_names_its_cloud() -> None:
    assert cloud() == Cloud("http://news.example:80/?rsscloud=notify", "http-post")
    assert cloud(port="443", protocol="https-post") == Cloud("https://news.example:443/?rsscloud=notify", "https-post")
    assert cloud(port="5337", path="pleaseNotify") == Cloud("http://news.example:5337/pleaseNotify", "http-post")


def test_a_cloud_that_cannot_be_used() -> None:
    assert cloud(protocol="xml-rpc") is None
    assert cloud(domain="") is None
    assert cloud(domain="a b") is None
    assert cloud(port="x") is None
    assert cloud(port="99999") is None
    empty = feed_of(rss(item()))
    assert empty is not None
    assert cloud_of(empty) is None


def test_all_that_an_answer_names_is_kept_together() -> None:
    server = (
        '<cloud domain="news.example" port="80" path="/?rsscloud=notify" registerProcedure="" protocol="http-post"/>'
    )
    both = PushOffer(
        hubs=["https://hub.example/"],
        topic="https://news.example/?feed=rss2",
        cloud="http://news.example:80/?rsscloud=notify",
        protocol="http-post",
        feed="https://news.example/?feed=rss2",
    )
    assert offer_of(FEED, "", rss(item(), head=HUB + SELF + server)) == both
    assert offer_of(FEED, "", rss(item(), head=server)) == PushOffer(cloud=both.cloud, protocol="http-post", feed=FEED)
    header = '<https://hub.example/>; rel="hub"'
    assert offer_of(FEED, header, rss(item())) == PushOffer(hubs=["https://hub.example/"], topic=FEED)


def test_what_names_nobody_offers_nothing() -> None:
    assert offer_of(FEED, "", rss(item(), head=SELF)) is None
    assert offer_of("https://news.example/", "", b'<p>rel="hub" is what hubs are named by</p>') is None
    assert offer_of("https://news.example/", '</wp-json/>; rel="https://api.w.org/"', b"<p>News</p>") is None

"""Hubs, rssCloud servers and strangers against ``scrapy crawl listen`` as it runs."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.push.signature import sign
from crawler.push.subscription import Subscription
from crawler.storage.connect import connect
from crawler.storage.subscriptions import to_document
from tests.hostile.server import Page
from tests.push.cloud import CloudServer, serve_cloud
from tests.push.hub import Hub, serve_hub
from tests.push.receiving import read_all
from tests.push.serving_forms import request
from tests.spiders.listening import Listener, listening
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy
from tests.spiders.site_list import a_site, change, follow, is_known, publish, unfollow
from tests.spiders.test_site_memory import record, stored
from tests.waiting import SECONDS, soon

GONE_HUB = "http://127.0.0.1:9/"
TOKEN = "t" * 43
SECRET = "a secret that the hub was told"
RSS = {"Content-Type": "application/rss+xml"}


def free_port() -> int:
    """One that hubs can be told before anything listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def name_in_feed(site: RestSite, *links: str) -> None:
    """Give a site that is served a feed of its post 1 that names whom to ask."""
    guid = f'<guid isPermaLink="false">{site.origin}?p=1</guid>'
    item = f"<item><title>1</title><link>{site.origin}post-1/</link>{guid}</item>"
    feed = (
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{"".join(links)}{item}</channel></rss>'
    )
    site.pages["/feed/"] = Page(feed.encode(), headers=RSS)


def by_hub(site: RestSite, hub: Hub) -> str:
    return f'<atom:link rel="self" href="{site.origin}feed/"/><atom:link rel="hub" href="{hub.url}"/>'


def by_cloud(cloud: CloudServer) -> str:
    port = cloud.url.rstrip("/").rpartition(":")[2]
    return f'<cloud domain="127.0.0.1" port="{port}" path="/" registerProcedure="" protocol="http-post"/>'


def arranged(scrapy: Scrapy, site: RestSite, kind: str = "websub") -> Document:
    """What is arranged for a site, if anything is."""
    name = record(scrapy, site)["_id"]
    return next((one for one in scrapy.find("subscriptions") if (one["site"], one["kind"]) == (name, kind)), {})


def expire(scrapy: Scrapy, site: RestSite) -> None:
    """A subscription that ended two hours ago, at a hub that did not answer for days."""
    now, topic = datetime.now(UTC), f"{site.origin}feed/"
    change(scrapy, site, {"push": {"hubs": [GONE_HUB], "topic": topic}})
    ended = Subscription(
        site=record(scrapy, site)["_id"], topic=topic, hub=GONE_HUB, token=TOKEN, secret=SECRET, state="verified",
        asked_at=now, asked=12, expires_at=now - timedelta(hours=2), renew_at=now - timedelta(days=3),
    )  # fmt: skip
    with connect(scrapy.uri) as client:
        client[scrapy.database_name]["subscriptions"].insert_one(to_document(ended))


@dataclass
class Press:
    """Three sites, each told of by somebody else, and a process that listens."""

    listener: Listener
    good: RestSite
    hub: Hub
    denied: RestSite
    denying: Hub
    clouded: RestSite
    cloud: CloudServer


@contextmanager
def press(scrapy: Scrapy, folder: Path) -> Iterator[Press]:
    with ExitStack() as stack:
        good, denied, clouded = (stack.enter_context(serve(a_site(1))) for _ in range(3))
        hub, denying = (stack.enter_context(serve_hub(style)) for style in ("w3c", "denying"))
        cloud = stack.enter_context(serve_cloud(f"{clouded.origin}feed/"))
        name_in_feed(good, by_hub(good, hub))
        name_in_feed(denied, by_hub(denied, denying))
        name_in_feed(clouded, by_cloud(cloud), f'<atom:link rel="hub" href="{GONE_HUB}"/>')
        follow(scrapy, good, denied, clouded)
        expire(scrapy, clouded)
        port = free_port()
        told = {"PUSH_PORT": str(port), "PUSH_URL": f"http://127.0.0.1:{port}", "PUSH_HOSTS": "127.0.0.1"}
        asked = (hub.url, denying.url, cloud.url)
        told["NAMED_HOSTS"] = ",".join(url.removeprefix("http://").strip("/") for url in asked)
        listener = stack.enter_context(listening(scrapy, folder, **told))
        yield Press(listener, good, hub, denied, denying, clouded, cloud)


def test_hubs_and_rsscloud_servers_are_asked_and_tell(scrapy: Scrapy, tmp_path: Path) -> None:
    with press(scrapy, tmp_path) as told:
        assert soon(lambda: is_known(scrapy, told.good, told.denied, told.clouded)), told.listener.log()
        _deliveries_count_if_they_are_signed(scrapy, told)
        _a_denied_subscription_is_left_alone(scrapy, told)
        _a_notification_counts_for_a_feed_that_was_registered(scrapy, told)
        _late_deliveries_are_answered_410(told)
        _a_site_that_is_removed_is_unsubscribed(scrapy, told)
        assert told.listener.stop() == 0, told.listener.log()
    counts = told.listener.counts["push"]
    assert {name: counts.get(f"websub/{name}") for name in ("verified", "denied", "delivered", "replayed", "late")} == {
        "verified": 1, "denied": 1, "delivered": 1, "replayed": 1, "late": 1,
    }  # fmt: skip
    assert (counts["websub/signature_wrong"], counts["websub/unsubscribed"]) == (1, 1)
    assert (counts["rsscloud/challenged"], counts["accepted/rsscloud"], counts["ignored/unknown_feed"]) == (1, 1, 1)
    assert (counts["asked/subscribe"], counts["asked/register"], counts["asked/unsubscribe"]) == (2, 1, 1)
    assert "Traceback" not in told.listener.log()


def _deliveries_count_if_they_are_signed(scrapy: Scrapy, told: Press) -> None:
    assert soon(lambda: arranged(scrapy, told.good).get("state") == "verified"), told.listener.log()
    publish(told.good, 2)
    assert told.hub.publish(b"<rss/>", secret="another") == [202]
    assert told.hub.publish(b"<rss/>") == [202]
    assert soon(lambda: stored(scrapy, told.good) == {1, 2}), told.listener.log()
    assert told.hub.publish(b"<rss/>") == [202]  # replayed


def _a_denied_subscription_is_left_alone(scrapy: Scrapy, told: Press) -> None:
    assert soon(lambda: arranged(scrapy, told.denied).get("state") == "denied"), told.listener.log()
    assert arranged(scrapy, told.denied)["reason"] == "not for you"


def _a_notification_counts_for_a_feed_that_was_registered(scrapy: Scrapy, told: Press) -> None:
    assert soon(lambda: arranged(scrapy, told.clouded, "rsscloud").get("state") == "registered"), told.listener.log()
    publish(told.clouded, 2)
    assert told.cloud.notify("http://127.0.0.1:1/feed/") == [200]
    assert stored(scrapy, told.clouded) == {1}
    assert told.cloud.notify() == [200]
    assert soon(lambda: stored(scrapy, told.clouded) == {1, 2}), told.listener.log()


def _late_deliveries_are_answered_410(told: Press) -> None:
    signed = {"X-Hub-Signature": sign(b"<rss/>", SECRET)}
    callback = f"http://127.0.0.1:{told.listener.port}/websub/{TOKEN}"
    assert request("POST", callback, b"<rss/>", signed)[0] == 410


def _a_site_that_is_removed_is_unsubscribed(scrapy: Scrapy, told: Press) -> None:
    unfollow(scrapy, told.good)
    assert soon(lambda: not told.hub.subscribers), told.listener.log()
    assert soon(lambda: arranged(scrapy, told.good) == {})


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (n + 1, n, n, n, n) for n in range(97, 110))
    + b"]><methodCall><methodName>weblogUpdates.ping</methodName><params>"
    b"<param><value>&n;</value></param><param><value>&n;</value></param></params></methodCall>"
)


def test_what_strangers_send_is_refused_and_schedules_nothing(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1)) as site:
        follow(scrapy, site)
        told = {"PUSH_HOSTS": "127.0.0.1", "PUSH_WEBHOOK_SECRETS": "s3cret"}
        with listening(scrapy, tmp_path, **told) as listener:
            assert soon(lambda: is_known(scrapy, site)), listener.log()
            before, asked = record(scrapy, site), len(site.asked)
            _send_what_is_hostile(listener, site)
            assert record(scrapy, site) == before
            assert len(site.asked) == asked
            publish(site, 2)  # and then it works as ever
            assert listener.ping(site.origin) == 200
            assert soon(lambda: stored(scrapy, site) == {1, 2}), listener.log()
            assert listener.stop() == 0
    counts = listener.counts["push"]
    refused = {name.removeprefix("refused/"): n for name, n in counts.items() if name.startswith("refused/")}
    assert refused == {"xml": 1, "dtd": 1, "too_large": 2, "slow": 1, "method": 1, "host": 1, "token": 1, "path": 1}
    assert counts["accepted/ping"] == 1


def _send_what_is_hostile(listener: Listener, site: RestSite) -> None:
    at, xml = f"http://127.0.0.1:{listener.port}", {"Content-Type": "text/xml"}
    head = b"POST /rpc HTTP/1.1\r\nHost: %b\r\nContent-Type: text/xml\r\n"
    slow = socket.create_connection(("127.0.0.1", listener.port), timeout=2 * SECONDS)
    slow.sendall(head % b"127.0.0.1" + b"Content-Length: 100\r\n\r\n<")
    assert request("POST", f"{at}/rpc", b"<methodCall><oh", xml)[0] == 200  # a fault
    assert request("POST", f"{at}/rpc", BILLION_LAUGHS, xml)[0] == 200
    assert request("PUT", f"{at}/rpc", b"", xml)[0] == 405
    home = json.dumps({"site": site.origin}).encode()
    forged = {"Content-Type": "application/json", "X-Presswalk-Signature": sign(home, "guessed")}
    assert request("POST", f"{at}/hooks/site", home, forged)[0] == 401
    assert request("POST", f"{at}/websub/{TOKEN}", b"<rss/>", {"X-Hub-Signature": sign(b"<rss/>", SECRET)})[0] == 404
    assert _raw(listener, head % b"evil.example" + b"Content-Length: 0\r\n\r\n").startswith(b"HTTP/1.1 421")
    assert _raw(listener, head % b"127.0.0.1" + b"Content-Length: 100000000\r\n\r\n").startswith(b"HTTP/1.1 413")
    chunked = head % b"127.0.0.1" + b"Transfer-Encoding: chunked\r\n\r\n" + (b"8000\r\n" + b"a" * 0x8000 + b"\r\n") * 30
    assert _raw(listener, chunked).startswith(b"HTTP/1.1 413")
    assert read_all(slow).startswith(b"HTTP/1.1 408")
    slow.close()


def _raw(listener: Listener, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", listener.port), timeout=SECONDS) as connection:
        connection.sendall(data)
        return read_all(connection)

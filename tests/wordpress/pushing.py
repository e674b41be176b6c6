"""A real WordPress that pings ``scrapy crawl listen``, and when each step from the ping to the article was done."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pymongo.database import Database

from .install import Site
from .server import forget_requests, requests_of

_SECONDS = 30.0
_EVERY = 0.005


@dataclass(frozen=True, slots=True)
class Timeline:
    """Seconds of each step of one article; ``total`` from WordPress sending its ping until the article is there."""

    told: float
    """Until the receiver has answered, which it does when the push is stored."""
    asked: float
    """Until the site is asked the first thing."""
    feed: float
    """For that answer, by which it is clear that something is new."""
    waited: float
    """Until the article itself is asked for, with what politeness asks between two requests."""
    rest: float
    """For that answer."""
    stored: float
    """For the article to be read, normalised, compared and stored."""

    @property
    def total(self) -> float:
        """All of it."""
        return self.told + self.asked + self.feed + self.waited + self.rest + self.stored


def follow(database: "Database[dict[str, Any]]", site: Site, receiver: int) -> None:
    """Put a site on the list, and the receiver at this port among its update services."""
    now = datetime.now(UTC)
    name = site.url.removeprefix("http://")
    listed = {"_id": name, "url": site.url, "listed": True, "added_at": now, "next_due_at": now}
    database["sites"].insert_one(listed)
    service = f"http://127.0.0.1:{receiver}/rpc"
    site.change(option=["presswalk_receiver", service])
    site.change(option=["ping_sites", service])


def publish(database: "Database[dict[str, Any]]", site: Site, title: str) -> Timeline:
    """Publish an article, have WordPress ping, and wait for it. AssertionError if it does not come."""
    forget_requests(site)
    story = {"post_title": title, "post_content": f"<p>{title}: the ferry is early, and nobody knows why.</p>"}
    told = site.php("ping.php", story)
    assert len(told["sent"]) == 1, "the receiver did not take the ping"
    stored = _stored_at(database, told["id"])
    requests = [request for request in requests_of(site) if request.at <= stored]  # further ones bring nothing new
    first, last = requests[0], requests[-1]
    began = [request.at - request.ms / 1000 for request in (first, last)]
    moments = [told["sent"][0], min(told["answered"], began[0]), began[0], first.at, began[1], last.at, stored]
    return Timeline(*[after - before for before, after in pairwise(moments)])


def _stored_at(database: "Database[dict[str, Any]]", wp_id: int) -> float:
    deadline = time.monotonic() + _SECONDS
    while not database["articles"].find_one({"wp_id": wp_id}, {"_id": 1}):
        assert time.monotonic() < deadline, "the article did not come"
        time.sleep(_EVERY)
    return time.time()

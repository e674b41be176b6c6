"""A receiver in a process of its own, on Scrapy's event loop: ``python -m tests.push.serving``.

Each line of its input sets up a new receiver in the place of the one before, or asks for an echo; what happens is told
in JSON lines.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

from scrapy.utils.reactor import install_reactor

from crawler.push.limits import Rate
from crawler.push.matching import KnownSites
from crawler.push.options import Options
from crawler.push.receiver import Receiver
from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription


def tell(**what: Any) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Told:
    """Follows some sites, and tells everything that it is told."""

    def __init__(self, setup: dict[str, Any]) -> None:
        self._sites = KnownSites(setup["sites"])
        self._subscriptions = {s.token: s for s in map(subscription_of, setup["subscriptions"])}
        self._registrations = {r["feed_url"]: Registration(asked_at=now(), **r) for r in setup["registrations"]}
        self._delay: float = setup["delay"]
        self._fails: bool = setup["fails"]

    def sites(self) -> KnownSites:
        return self._sites

    def subscription(self, token: str) -> Subscription | None:
        return self._subscriptions.get(token)

    def registration(self, feed_url: str) -> Registration | None:
        return self._registrations.get(feed_url)

    async def store(self, subscription: Subscription) -> None:
        await self._database()
        self._subscriptions[subscription.token] = subscription
        lease = subscription.expires_at and round((subscription.expires_at - now()).total_seconds())
        tell(store=[subscription.state, lease, subscription.reason])

    async def accept(self, site: str, by: str, after: timedelta) -> None:
        await self._database()
        tell(accept=[site, by, round(after.total_seconds(), 3)])

    def count(self, what: str) -> None:
        tell(count=what)

    async def _database(self) -> None:
        await asyncio.sleep(self._delay)
        if self._fails:
            raise ConnectionError("the database is away")


def now() -> datetime:
    return datetime.now(UTC)


def subscription_of(told: dict[str, Any]) -> Subscription:
    """``expires_in``: seconds from now."""
    expires = told.pop("expires_in", None)
    ends = None if expires is None else now() + timedelta(seconds=expires)
    return Subscription(asked_at=now(), expires_at=ends, **told)


class Server:
    """The receiver that is there now."""

    def __init__(self) -> None:
        self._receiver: Receiver | None = None

    async def replace(self, setup: dict[str, Any]) -> None:
        await self.close()
        told = setup["options"]
        if "bad_requests" in told:
            told["bad_requests"] = Rate(*told["bad_requests"])
        told["hosts"] = frozenset(told.get("hosts", []))
        self._receiver = Receiver(Options(port=0, **told), Told(setup))
        tell(port=self._receiver.listen())

    async def close(self) -> None:
        if self._receiver is not None:
            await self._receiver.close()
        tell(closed=True)


def main() -> None:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed  # noqa: PLC0415  # only now is it the right one

    reactor: Any = installed
    server = Server()

    def follow_input() -> None:
        for line in sys.stdin:
            said = json.loads(line)
            if "echo" in said:
                reactor.callFromThread(lambda: tell(echo=1))
            else:
                reactor.callFromThread(asyncio.ensure_future, server.replace(said))
        reactor.callFromThread(end)

    def end() -> None:
        asyncio.ensure_future(server.close()).add_done_callback(lambda _: reactor.stop())

    Thread(target=follow_input, daemon=True).start()
    reactor.run()


if __name__ == "__main__":
    main()

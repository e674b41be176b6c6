"""What the receiver of pushes asks and stores: the list of sites in memory, and what is arranged with their hubs."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from crawler.push.matching import KnownSites
from crawler.push.messages import By
from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription
from crawler.site_record import PushOffer
from crawler.storage.indexes import Database
from crawler.storage.sites import Sites
from crawler.storage.subscriptions import Subscriptions
from crawler.urls import site_id

logger = logging.getLogger(__name__)


class FollowedSites:
    """Implements ``push.following.Following`` over a database. Empty until it is loaded."""

    def __init__(self, database: Database, count: Callable[[str], None], accepted: Callable[[timedelta], None]) -> None:
        """``accepted`` is told in how long a site is due that was pushed, once that is stored."""
        self.count = count
        self._accepted = accepted
        self._sites = Sites(database)
        self._arranged = Subscriptions(database)
        self._names: dict[str, str] = {}
        self._known = KnownSites(())
        self.start_urls: list[str] = []
        """Of the listed sites."""
        self.offers: dict[str, PushOffer] = {}
        """Who would tell of the news of a site, by site."""
        self.subscriptions: dict[str, Subscription] = {}
        """By token."""
        self.registrations: dict[str, Registration] = {}
        """By feed."""

    async def load(self) -> None:
        """Read everything. Raises PyMongoError."""
        arranged = await self._arranged.read()
        self.subscriptions = {one.token: one for one in arranged.subscriptions}
        self.registrations = {one.feed_url: one for one in arranged.registrations}
        await self.refresh()

    async def refresh(self) -> None:
        """Read the list again: other processes change it, and learn who would tell. Raises PyMongoError."""
        records = await self._sites.followed()
        self.start_urls = [record.start_url for record in records]
        names = {alias: record.id for record in records for alias in (*record.aliases, site_id(record.start_url))}
        names |= {record.id: record.id for record in records}
        if names != self._names:
            self._names, self._known = names, KnownSites((record.id for record in records), names)
        self.offers = {record.id: record.push for record in records if record.push}

    def sites(self) -> KnownSites:
        """The listed sites, as of the last look at the list."""
        return self._known

    def is_followed(self, site: str) -> bool:
        """Whether a site is on the list."""
        return self._names.get(site) == site

    def subscription(self, token: str) -> Subscription | None:
        """The WebSub subscription with this callback."""
        return self.subscriptions.get(token)

    def registration(self, feed_url: str) -> Registration | None:
        """The rssCloud registration of this feed."""
        return self.registrations.get(feed_url)

    async def store(self, subscription: Subscription) -> None:
        """Keep what became of a subscription. Raises PyMongoError."""
        await self._arranged.keep(subscription)
        self.subscriptions[subscription.token] = subscription

    async def register(self, registration: Registration) -> None:
        """Keep what became of a registration. Raises PyMongoError."""
        await self._arranged.keep(registration)
        self.registrations[registration.feed_url] = registration

    async def forget(self, arranged: Subscription | Registration) -> None:
        """One of them is over. Raises PyMongoError."""
        await self._arranged.forget(arranged)
        if isinstance(arranged, Subscription):
            self.subscriptions.pop(arranged.token, None)
        else:
            self.registrations.pop(arranged.feed_url, None)

    async def accept(self, site: str, by: By, after: timedelta) -> None:
        """A site says that it changed: it is due in ``after``, as the database knows by then. Raises PyMongoError."""
        await self._sites.push(site, datetime.now(UTC) + after)
        logger.info("%s says that it has news (%s)%s", site, by, f"; looked at in {after.seconds} s" if after else "")
        self._accepted(after)

"""What the receiver needs of the rest of the program: which sites are followed, and where an accepted push goes."""

from datetime import timedelta
from typing import Protocol

from crawler.push.matching import KnownSites
from crawler.push.messages import By
from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription


class Following(Protocol):
    """The sites that are followed, and what was arranged with their hubs.

    What is found is asked for at every request and from memory; what is stored is in the database when the call
    returns, for only then is the sender answered.
    """

    def sites(self) -> KnownSites:
        """The followed sites as they are now."""

    def subscription(self, token: str) -> Subscription | None:
        """The WebSub subscription with this callback."""

    def registration(self, feed_url: str) -> Registration | None:
        """The rssCloud registration of this feed."""

    async def store(self, subscription: Subscription) -> None:
        """Keep what became of a subscription. Whatever it raises is answered with 503."""

    async def accept(self, site: str, by: By, after: timedelta) -> None:
        """A site says that it changed: store that it is due in ``after``, or sooner if it was due sooner already.

        Whatever it raises is answered with 503.
        """

    def count(self, what: str) -> None:
        """Something happened, such as ``accepted/ping`` or ``refused/method``."""

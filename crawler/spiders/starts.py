"""Where the crawl of a site begins: kept with its first request, whatever that is redirected to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Start:
    """A look at a site that was asked for, in ``meta["start"]`` of its first requests."""

    site: str
    """As the list knows it, or as its URL says: the home may turn out to be elsewhere."""
    url: str
    other: str | None = None
    """The same by the other scheme, if none was given: where to begin if nobody answers at ``url``."""
    at: datetime
    """When it was decided, UTC: what is told of the site later, the look may not see."""
    is_sent: bool = False
    """Whether its first request is with Scrapy."""

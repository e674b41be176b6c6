"""Where the crawl of a site begins: kept with its first request, whatever that is redirected to."""

from dataclasses import dataclass
from datetime import datetime

from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.progress import SiteProgress


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


def asks_only_for_news(record: SiteRecord, wanted: SiteProgress, schedule: Schedule, now: datetime) -> bool:
    """Whether a look at a known site may ask for what is new alone: all of it, of the types that it was asked for
    before, and not too long after its last whole crawl."""
    is_as_before = set(wanted.types or ["post"]) == set(record.types or ["post"])
    is_fresh = schedule.is_fresh(record.swept_at, record.offers_expire_at, now, record.id)
    return is_as_before and is_fresh and wanted.is_whole and record.begun_at is None


def read_since(record: SiteRecord, now: datetime, schedule: Schedule) -> datetime | None:
    """Since when what was seen need not be read again, because the whole crawl that saw it did not come to its end.

    None: there is none, or it broke off so long ago that everything is to be looked at again.
    """
    if record.unfinished_since is not None:
        return record.unfinished_since
    is_recent = record.begun_at is not None and now - record.begun_at < schedule.sweep_every
    return record.begun_at if is_recent else None

"""How far the crawl of one site is."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class SiteProgress:
    """The state of one site in one run: kept by the spider, read by the middlewares."""

    site: str
    """Its name: see ``urls.site_id``."""
    limit: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    found: int = 0
    requested: set[str] = field(default_factory=set)
    """URLs asked for so far: every page repeats the links of the one before."""

    @property
    def is_done(self) -> bool:
        """Whether as many articles were found as were asked for."""
        return self.limit is not None and self.found >= self.limit

    @property
    def is_whole(self) -> bool:
        """Whether every article of the site is wanted."""
        return self.limit is None and self.since is None and self.until is None

    def is_wanted(self, published_at: datetime | None) -> bool:
        """Whether an article of this date is asked for; one without a date may be, and is not lost."""
        if published_at is None:
            return True
        return not self.is_too_old(published_at) and (self.until is None or published_at <= self.until)

    def is_too_old(self, published_at: datetime | None) -> bool:
        """Whether what is older still cannot be asked for."""
        return self.since is not None and published_at is not None and published_at < self.since

"""How far the crawl of one site is."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from crawler.routes.ladder import Tally, Walked


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
    tally: Tally = field(init=False)
    """Which posts the routes name, and which of them were accounted for."""
    walked: list[Walked] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    """Pages that may be posts and could not be read, by reason."""
    follows_archives: bool = True
    """Whether the links of pages are followed; not where a cheaper route names every post."""

    def __post_init__(self) -> None:
        self.tally = Tally(self.site)

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

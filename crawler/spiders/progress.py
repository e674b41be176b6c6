"""How far the crawl of one site is."""

from dataclasses import dataclass, field
from datetime import datetime

from crawler.compact import Met
from crawler.routes.budget import Budget
from crawler.routes.candidates import Candidate
from crawler.routes.ladder import Tally, Walked
from crawler.spiders.scripts import Scripts


@dataclass(slots=True, kw_only=True)
class SiteProgress:
    """The state of one site in one run: kept by the spider, read by the middlewares."""

    site: str
    """Its name: see ``urls.site_id``."""
    limit: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    types: tuple[str, ...] | None = None
    """The post types that were asked for; None: posts, and whatever else pages lead to."""
    found: int = 0
    requested: Met = field(default_factory=Met)
    """URLs asked for so far: every page repeats the links of the one before."""
    tally: Tally = field(init=False)
    """Which posts the routes name, and which of them were accounted for."""
    budget: Budget = field(default_factory=Budget)
    """How many pages may yield nothing."""
    scripts: Scripts = field(default_factory=Scripts)
    """Whether its pages need a browser."""
    walked: list[Walked] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """Pages that may be posts and could not be read: URL -> reason."""
    follows_archives: bool = False
    """Whether the links of pages are followed; not where a cheaper route names every post."""

    is_walking: bool = False
    """Whether a route is being walked that may yet name the neighbours of the posts that are read."""
    neighbours: list[Candidate] = field(default_factory=list)
    """Those of the posts read meanwhile that were not asked for yet."""
    only_new: bool = False
    """Whether stored posts are left alone."""
    continues_since: datetime | None = None
    """When the whole crawl began that this one goes on with: what was read since need not be read again."""
    read_since: datetime | None = None
    """As that, of what lists name, or of a whole crawl that broke off: what only its pages named nobody remembers."""

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

    def is_of_type(self, name: str | None) -> bool:
        """Whether an article of this post type is asked for; one of unknown type may be, and is not lost."""
        return self.types is None or name is None or name in self.types

    def is_too_old(self, published_at: datetime | None) -> bool:
        """Whether what is older still cannot be asked for."""
        return self.since is not None and published_at is not None and published_at < self.since

"""What the report says: plain values, ready to be laid out.

Texts of sites are as they were stored: the page escapes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.asking.differences import Piece
from crawler.report.delays import SiteDelay
from crawler.report.periods import Unit


@dataclass(frozen=True, slots=True)
class Fact:
    """A number to be seen first, in words, with what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbers along a time axis."""

    unit: Unit
    values: Sequence[tuple[datetime, int]] = ()
    """The begin of each step on the wall clock of the report's zone, without gaps."""
    left_out: int = 0
    """How many lie outside of the axis: nobody publishes in the year 2900."""

    @property
    def total(self) -> int:
        """Of what is on the axis."""
        return sum(value for _, value in self.values)


@dataclass(frozen=True, slots=True)
class SiteRow:
    """The articles of a site."""

    site: str
    articles: int
    words: str
    """Of an article, on average."""
    changed: int
    gone: int
    copies: int
    last: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class Hours:
    """When articles come out: a row of 24 numbers for each day of the week, Monday first."""

    grid: Sequence[Sequence[int]]
    busiest: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A named number of a list, and its part of the largest, from 0 to 1."""

    name: str
    number: int
    part: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The names that most articles have, and how many have none."""

    bars: Sequence[Bar]
    without: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An article, as far as it is named."""

    title: str
    url: str | None
    """None if it is none that a browser should open."""
    site: str
    when: str
    later: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article that was changed, and what was."""

    article: Told
    fields: Sequence[tuple[str, Sequence[Piece]]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of articles after they were published."""

    fields: Sequence[Bar]
    edits: Sequence[Edit]
    gone: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Story:
    """A text that several articles tell, the first one first."""

    sites: int
    articles: Sequence[Told]
    more: int
    """Articles that are not named."""


@dataclass(frozen=True, slots=True)
class Stories:
    """How many texts were told by so many sites, who had them first, and those that most sites tell."""

    by_sites: Sequence[Bar] = ()
    first: Sequence[Bar] = ()
    largest: Sequence[Story] = ()

    @property
    def total(self) -> int:
        """How many stories have copies."""
        return sum(bar.number for bar in self.by_sites)


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """How a site is: the cells of ``scrapy sites``."""

    cells: Sequence[str]
    is_in_trouble: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the sites are, those in trouble first."""

    rows: Sequence[SiteHealth]
    sites: int
    in_trouble: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What the crawls took."""

    facts: Sequence[Fact] = ()
    requests: Steps | None = None
    spiders: Sequence[Sequence[str]] = ()
    """Spider, runs, failed ones, requests, size, time of a run, the longest."""
    latest: Sequence[Sequence[str]] = ()
    """Cells of ``scrapy runs``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole page."""

    made_at: str
    zone: str
    asked: Sequence[tuple[str, str]]
    """What was asked for: a label and what was told."""
    verb: str
    """What the dates are of: articles that were ``published``, ``found``, ``changed`` or ``taken away``."""
    facts: Sequence[Fact]
    articles: int
    undated: int
    stored: str = ""
    """Where no article is meant: of when those are that are stored."""
    steps: Steps | None = None
    sites: Sequence[SiteRow] = ()
    more_sites: int = 0
    hours: Hours | None = None
    categories: Ranking = field(default_factory=lambda: Ranking(()))
    authors: Ranking = field(default_factory=lambda: Ranking(()))
    delay: SiteDelay | None = None
    delay_buckets: Sequence[tuple[str, int]] = ()
    delay_sites: Sequence[SiteDelay] = ()
    changes: Changes = field(default_factory=lambda: Changes((), (), ()))
    stories: Stories = field(default_factory=Stories)
    health: Health = field(default_factory=lambda: Health((), 0, 0))
    costs: Costs = field(default_factory=Costs)

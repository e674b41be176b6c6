"""The names under which a crawl counts: an API, listed in docs/operating.md."""

from collections.abc import Mapping
from typing import Any

from scrapy.crawler import Crawler

from crawler.items import ChangeKind

PREFIX = "presswalk"
CHANGES: tuple[ChangeKind, ...] = ("added", "changed", "unchanged", "gone", "returned")


class Stats:
    """Counts what happens in a crawl, in Scrapy's stats."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    def _count(self, key: str, by: int = 1) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"{PREFIX}/{key}", by)

    def site(self, outcome: str, by: int = 1) -> None:
        """``given``, ``crawled``, ``not_wordpress``, ``blocked``, ``locked``, ``left``.

        ``unchanged``: besides ``crawled``; ``none_due``: no site of the list was; ``quiet``: these are quiet hours, and
        the list was not looked at. ``layout_changed``: of those crawled, it shows less of its posts than it did.
        ``queued``: for the workers.
        """
        if by:
            self._count(f"sites/{outcome}", by)

    @property
    def is_locked_out(self) -> bool:
        """Whether nothing was crawled because other runs have the hosts."""
        return self._crawler.stats is not None and is_locked_out(self._crawler.stats.get_stats())

    def found(self) -> None:
        """A post was read."""
        self._count("articles/found")

    def stored(self, kind: ChangeKind) -> None:
        """An article was written, or seen unchanged."""
        self._count(f"articles/{kind}")

    def archived(self, outcome: str) -> None:
        """An answer was ``written`` to the archive (``WARC_DIR``), what scripts made of one (``converted``), or either
        ``failed`` to be."""
        self._count(f"archive/{outcome}")

    def reread(self, outcome: str, by: int = 1) -> None:
        """What ``scrapy reread`` met in an archive: see docs/archive.md."""
        if by:
            self._count(f"reread/{outcome}", by)

    def current(self, by: int) -> None:
        """Articles were named by their site, and are stored as they are."""
        if by:
            self._count("articles/unchanged", by)

    def copies(self, by: int) -> None:
        """Articles were found to be copies of others."""
        if by:
            self._count("articles/duplicate", by)

    def skipped(self, reason: str) -> None:
        """A page was looked at and is no article to store; nothing is wrong."""
        self._count(f"skipped/{reason}")

    def rejected(self, rule: str, by: int = 1) -> None:
        """Links were not followed."""
        self._count(f"rejected/{rule}", by)

    def rejected_links(self, rules: Mapping[str, int]) -> None:
        """Links of a page that were not followed, by rule. Those that leave the site are no news."""
        for rule, by in rules.items():
            if rule not in ("offsite", "scheme"):
                self.rejected(rule, by)

    def failed(self, reason: str) -> None:
        """A page that may be an article could not be fetched or read."""
        self._count(f"errors/{reason}")

    def paused(self, why: str, seconds: float) -> None:
        """A host was left alone for a while; the seconds of all pauses are added up."""
        self._count(f"pauses/{why}")
        self._count("pauses/seconds", round(seconds))

    def site_left(self, why: str) -> None:
        """The crawl of a site ended before it was done; what remains is for the next one."""
        self._count(f"ended/{why}")

    def left(self, reason: str) -> None:
        """A page was not asked for, because its site was left for now."""
        self._count(f"left/{reason}")

    def delivery(self, outcome: str, by: int) -> None:
        """Events were ``delivered`` to a webhook; a message ``failed``; a sink is ``parked``."""
        self._count(f"events/{outcome}", by)

    def pushed(self, what: str) -> None:
        """Something that a site, a hub or a server of rssCloud sent, or that was asked of one: docs/listening.md."""
        self._count(f"push/{what}")

    def browser(self, group: str, what: str) -> None:
        """What pages in a browser did: ``pages`` of them, ``requests`` that they made, or were ``refused``."""
        self._count(f"browser/{group}/{what}")

    def storage_failed(self) -> None:
        """An article could not be stored."""
        self._count("storage/failed")

    def spilled(self) -> None:
        """An article could not be stored, and is kept on disk for the next run."""
        self._count("storage/spilled")

    def database_away(self) -> None:
        """The database does not answer."""
        self._count("database/outages")

    def away_for(self, seconds: float) -> None:
        """It answers again, or is given up; the seconds of all outages are added up."""
        self._count("database/away_seconds", round(seconds))

    def database_given_up(self) -> None:
        """It was away for too long."""
        self._count("database/given_up")

    def of_spill(self, outcome: str, by: int) -> None:
        """What became of what an earlier run had kept on disk: ``replayed``, ``outdated``, ``damaged``."""
        if by:
            self._count(f"spill/{outcome}", by)


def is_locked_out(stats: Mapping[str, Any]) -> bool:
    """Whether nothing was crawled because other runs have the hosts."""
    sites = counts(stats, "sites")
    return bool(sites.get("locked") and not sites.get("crawled"))


def counts(stats: Mapping[str, Any], group: str) -> dict[str, int]:
    """The counters of a group (``articles``, ``skipped``, ``errors`` …) by their last name."""
    prefix = f"{PREFIX}/{group}/"
    return {key.removeprefix(prefix): int(value) for key, value in sorted(stats.items()) if key.startswith(prefix)}

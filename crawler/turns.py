"""Whose turn it is: which of the sites that are due a process looks at now. Pure."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from crawler.site_record import SiteRecord


@dataclass(frozen=True, slots=True)
class Room:
    """How many more sites may be taken up. ``most``: as many as polling takes up at once.

    Pushes may take up as many again: sites that are crawled for hours keep no news waiting.
    """

    most: int
    under_way: int

    @property
    def for_pushed(self) -> int:
        """For sites that told of something."""
        return max(0, 2 * self.most - self.under_way)

    @property
    def for_due(self) -> int:
        """For those whose time has come."""
        return max(0, self.most - self.under_way)


def turns(
    pushed: Iterable[SiteRecord], due: Iterable[SiteRecord], under_way: Container[str], room: Room
) -> list[SiteRecord]:
    """The sites to look at now, in order: those that told of something, then the longest overdue."""
    chosen = {site.id: site for site in pushed if site.id not in under_way}
    first = list(chosen.values())[: room.for_pushed]
    taken = {site.id for site in first}
    rest = [site for site in due if site.id not in under_way and site.id not in taken]
    return first + rest[: max(0, room.for_due - len(first))]

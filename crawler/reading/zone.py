"""The time zone of a site, as a page shows it: WordPress prints ``datetime`` attributes with the site's own offset."""

from datetime import UTC, datetime

from crawler.reading.datetext import Stamp, parse_machine_date
from crawler.reading.page import Page, per_page, tagged


@per_page
def _zoned_times(page: Page) -> list[datetime]:
    """Every ``time`` of the page that names an offset, those of comments and other posts too: they share the zone."""
    stamps = (parse_machine_date(element.get("datetime") or "") for element in tagged(page, "time"))
    return [stamp.when for stamp in stamps if stamp and stamp.timed and stamp.when.tzinfo]


def in_utc(page: Page, stamp: Stamp) -> datetime:
    """A moment in UTC. One without a zone is in the site's: the offset of the time on the page that is nearest to it.

    A day without a time is its noon, on a site whose zone does not show that of UTC: which is the same calendar day in
    every zone from -12 to +11 hours, where UTC's midnight is the day before in all America.
    """
    if stamp.when.tzinfo:
        return stamp.when.astimezone(UTC)
    when = stamp.when if stamp.timed else stamp.when.replace(hour=12)
    rough = when.replace(tzinfo=UTC)
    nearest = min(_zoned_times(page), key=lambda when: abs(when - rough), default=rough)
    return when.replace(tzinfo=nearest.tzinfo).astimezone(UTC)


def is_exact(page: Page, stamp: Stamp) -> bool:
    """Whether a moment is known to the minute: it has a time of day, and a zone of its own or the page shows one."""
    return stamp.timed and (stamp.when.tzinfo is not None or bool(_zoned_times(page)))

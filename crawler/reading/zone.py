"""The time zone of a site, as a page shows it: WordPress prints ``datetime`` attributes with the site's own offset."""

from datetime import UTC, datetime, time

from crawler.reading.datetext import Stamp, parse_machine_date
from crawler.reading.page import Page, per_page, tagged


@per_page
def _zoned_times(page: Page) -> list[datetime]:
    """Every ``time`` of the page that names an offset, those of comments and other posts too: they share the zone."""
    stamps = (parse_machine_date(element.get("datetime") or "") for element in tagged(page, "time"))
    return [stamp.when for stamp in stamps if stamp and stamp.timed and stamp.when.tzinfo]


def in_utc(page: Page, stamp: Stamp) -> datetime:
    """A moment in UTC. One without a zone is in the site's: the offset of the time on the page that is nearest to it.

    Of a day without a time it is the first moment that is that day both on the site and in UTC; a site whose zone does
    not show is taken for UTC.
    """
    if stamp.when.tzinfo:
        return stamp.when.astimezone(UTC)
    rough = stamp.when.replace(tzinfo=UTC)
    nearest = min(_zoned_times(page), key=lambda when: abs(when - rough), default=rough)
    moment = stamp.when.replace(tzinfo=nearest.tzinfo).astimezone(UTC)
    return moment if stamp.timed else max(moment, datetime.combine(stamp.when.date(), time(), UTC))

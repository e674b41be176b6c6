"""What a report is of, in words. Pure."""

from zoneinfo import ZoneInfo

from crawler.asking.filters import Filters
from crawler.report.articles import VERBS
from crawler.report.telling import minute


def asked(filters: Filters, zone: ZoneInfo) -> list[tuple[str, str]]:
    """A label and a value for each thing that was asked for."""
    period = " to ".join(
        (
            minute(filters.since, zone) if filters.since else "the beginning",
            minute(filters.until, zone) if filters.until else "now",
        )
    )
    only = [] if filters.dated == "published" else [("only", f"articles {VERBS[filters.dated]}")]
    told = {
        VERBS[filters.dated]: period if filters.since or filters.until else "",
        "sites": ", ".join(filters.sites), "categories": ", ".join(filters.categories), "tags": ", ".join(filters.tags),
        "authors": ", ".join(filters.authors), "language": filters.language or "",
        "with the words": " · ".join(filters.terms),
        "story": filters.story or "",
    }  # fmt: skip
    return only + [(label, value) for label, value in told.items() if value]

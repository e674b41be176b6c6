"""In place of what ``--dry-run`` leaves out."""

from scrapy.crawler import Crawler

from crawler.extensions.run_record import RunRecord


class NoRecord(RunRecord):
    """Extension: the run is not recorded, and locks nothing."""

    def connect(self, crawler: Crawler) -> None:
        """To nothing."""

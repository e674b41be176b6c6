"""What Scrapy's engine knows and has no public word for."""

from scrapy.crawler import Crawler


def is_closing(crawler: Crawler) -> bool:
    """Whether the crawl is being ended, or has not begun: nothing more may be asked for."""
    engine = crawler.engine if crawler._engine else None  # noqa: SLF001 - the attribute raises before there is one
    return engine is None or engine._slot is None or engine._slot.closing is not None  # noqa: SLF001

"""A crawl of nothing: what Scrapy itself takes to start and to stop. Imports nothing of the project."""

from collections.abc import AsyncIterator

from scrapy import Request, Spider


class Idle(Spider):
    """Asks for nothing."""

    name = "idle"

    async def start(self) -> AsyncIterator[Request]:
        """No request."""
        return
        yield

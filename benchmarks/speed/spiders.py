"""The floors: spiders that fetch the same pages and do nothing with them, or only read them."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.reading import read_pages
from crawler.spiders.responses import page_of


class Floor(Spider):
    """Fetches the posts of a ``Newspaper``."""

    name = "floor"

    def __init__(self, origin: str, posts: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._urls = [f"{origin}post-{n}/" for n in range(1, int(posts) + 1)]

    async def start(self) -> AsyncIterator[Request]:
        """Every post."""
        for url in self._urls:
            yield Request(url, self.parse)

    def parse(self, response: Response) -> None:
        """Nothing."""


class Reader(Floor):
    """Reads them, too."""

    name = "reader"

    def parse(self, response: Response) -> None:
        """The article, and nothing with it. Raises TypeError if there is none."""
        page = page_of(response)
        if isinstance(page, str):
            raise TypeError(f"{response.url}: {page}")
        read_pages([page])

"""Requests whose pages need a browser are answered by one."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.extensions.browser import Browser

SLOT = "browser"
"""Of Scrapy's downloader: requests for the browser wait there, and take no place of others while they do."""

IN_BROWSER, PLAIN = "in_browser", "plain_response"
"""Keys of ``meta``: that a page is to be opened in the browser; its document, where that is there."""


class BrowserPages:
    """Downloader middleware: its answer comes before robots.txt, pace and limits are asked of the page's own request.

    They are asked of the document and of everything that the page asks for, which come by the same door one by one.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BrowserPages":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """The page, or None for requests of others. Raises BrowserError, NeedsBrowserError."""
        if not request.meta.get(IN_BROWSER):
            return None
        return await Browser.of(self.crawler).read(request, request.meta.pop(PLAIN, None))

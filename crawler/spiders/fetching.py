"""What lists posts is fetched where it is needed, one after the other: REST, feeds, sitemaps."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.engine import is_closing
from crawler.failures import Group, failure_of_error
from crawler.site_record import Validator
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import fetched_at, headers_of
from crawler.stats import Stats

logger = logging.getLogger(__name__)

PRIORITY = 40
"""Before the pages of posts: what is listed decides which of them are fetched."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a response of any status, or none with the reason why."""

    asked: str
    """The URL of the request."""
    url: str
    """The URL that answered, after redirects."""
    status: int
    headers: dict[str, str]
    body: bytes
    failed: str | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)

    @property
    def is_ok(self) -> bool:
        """Whether there is something to read."""
        return self.failed is None and self.status == 200

    @property
    def reason(self) -> str:
        """Why there is nothing to read, fit for a counter."""
        return self.failed or f"http_{self.status}"


class Fetcher:
    """Fetches for one site, through Scrapy's downloader: its pace, robots.txt, retries and redirects apply."""

    def __init__(self, spider: Spider, progress: SiteProgress) -> None:
        self._crawler = spider.crawler
        self._progress = progress
        self._had: Answer | None = None

    def prime(self, answer: Answer) -> None:
        """An answer that is there already: what the start request of the site has brought."""
        self._had = answer

    async def fetch(self, url: str, *, known: Validator | None = None, elsewhere: bool = False) -> Answer:
        """The answer to a GET: 304 if it is ``known`` already.

        ``elsewhere``: the URL is one of ours, and neither it nor a redirect leaves its host.
        """
        had, self._had = self._had, None
        if had is not None and had.asked == url:
            return had
        if is_closing(self._crawler):
            return Answer(url, url, 0, {}, b"", "interrupted")
        site = urlsplit(url).netloc if elsewhere else self._progress.site
        request = Request(url, NO_CALLBACK, headers=conditions(known), meta={"site": site}, priority=PRIORITY)
        try:
            return answer_of(url, await self._crawler.engine.download_async(request))
        except Exception as error:  # noqa: BLE001 - whatever a site does ends here, with its reason
            return self._failed(url, error)

    def _failed(self, url: str, error: Exception) -> Answer:
        failure = failure_of_error(error)
        level = logging.DEBUG if failure.group is Group.LEFT else logging.INFO
        logger.log(level, "%s could not be fetched: %s", url, failure.reason)
        if failure.group is Group.SKIPPED:
            Stats(self._crawler).skipped(failure.reason)
        return Answer(url, url, 0, {}, b"", failure.reason)


def conditions(known: Validator | None) -> dict[str, str]:
    """The headers of a conditional GET: one of them.

    ``If-None-Match`` only where the server gave no ``Last-Modified``: WordPress wants both to match where both are sent
    (``WP::send_headers``), and proxies change its ETag.
    """
    if known and known.last_modified:
        return {"If-Modified-Since": known.last_modified}
    return {"If-None-Match": known.etag} if known and known.etag else {}


def answer_of(asked: str, response: Response) -> Answer:
    """A response as the answer to the request for a URL."""
    return Answer(asked, response.url, response.status, headers_of(response), response.body, at=fetched_at(response))

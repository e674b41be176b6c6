"""429 and 503: the host is left alone for as long as it says, then asked again."""

import random
from datetime import UTC, datetime, timedelta

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawler.extensions.pace import Pace
from crawler.hosts import host_of
from crawler.middlewares.conduct import Conduct
from crawler.polite.backoff import BUSY_STATUSES, Backoff, Pause
from crawler.polite.conduct import Ending, Left
from crawler.spiders.arguments import is_loopback

_LOOPBACK = Backoff(first=timedelta(milliseconds=20))
"""This machine needs no politeness, but what it asks for it gets."""


class BackoffRetry(RetryMiddleware):
    """Downloader middleware: Scrapy's retries (RETRY_TIMES), after a pause of the host where it is too busy.

    Scrapy asks again at once (2.19). Other hosts are asked meanwhile.
    """

    crawler: Crawler
    backoff: Backoff

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BackoffRetry":
        """Scrapy's constructor."""
        middleware = super().from_crawler(crawler)
        middleware.backoff = Backoff.from_settings(crawler.settings)
        return middleware

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The response, or the request once more."""
        conduct = Conduct.of(self.crawler)
        host = conduct.host(host_of(request))
        if response.status not in BUSY_STATUSES:
            host.busy = 0
        elif host.ended is None and not Pace.of(self.crawler).is_paused(request.meta.get("download_slot", "")):
            pause = self._length(request, response, host.busy)
            host.busy += 1
            is_enough = pause.length > self.backoff.most or host.busy >= conduct.limits.refusals
            (self._leave if is_enough else self._pause)(request, f"http_{response.status}", pause)
        return response if host.ended else super().process_response(request, response)

    def _length(self, request: Request, response: Response, refusals: int) -> Pause:
        told = (response.headers.get("Retry-After") or b"").decode("latin-1")
        backoff = _LOOPBACK if is_loopback(request.url) else self.backoff
        return backoff.pause(told, refusals, datetime.now(UTC), random.random())  # noqa: S311 - hides nothing

    def _pause(self, request: Request, reason: str, pause: Pause) -> None:
        Pace.of(self.crawler).pause(request, pause.length.total_seconds(), reason)

    def _leave(self, request: Request, reason: str, pause: Pause) -> None:
        """It wants a longer pause than a run waits for, or refuses for long, however seldom it is asked."""
        is_told = pause.is_told and pause.length > self.backoff.most
        why = Left.PAUSED if is_told or reason != "http_429" else Left.BLOCKED
        until = (datetime.now(UTC) + pause.length + timedelta(seconds=1)).replace(microsecond=0)
        Conduct.of(self.crawler).leave(request, Ending(why, reason, until))

"""Requests stay on the site they were made for, redirects included."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.failures import LeavesSiteError, RedirectLoopError, SiteIsDoneError
from crawler.spiders.progress import SiteProgress
from crawler.urls import is_on_site


class Onsite(OffsiteMiddleware):
    """Downloader middleware: nothing outside the site is fetched, and nothing of a site that is done."""

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Whether the URL lies on the site that the request is for."""
        return _is_onsite(request)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises SiteIsDoneError, or what Scrapy's raises."""
        progress = request.cb_kwargs.get("progress")
        if isinstance(progress, SiteProgress) and progress.is_done:
            raise SiteIsDoneError(request.url)
        super().process_request(request)


class Redirect(RedirectMiddleware):
    """Downloader middleware: Scrapy's, but a circle is an error, and a way off the site is counted.

    Scrapy would drop both in silence: a circle as a duplicate, the other when it is scheduled.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The response, or the request that its redirect asks for. Raises RedirectLoopError or LeavesSiteError."""
        result = super().process_response(request, response)
        if isinstance(result, Request):
            if result.url in result.meta.get("redirect_urls", ()):
                raise RedirectLoopError(request.url)
            if not _is_onsite(result):
                raise LeavesSiteError(result.url)
        return result


def _is_onsite(request: Request) -> bool:
    """Whether the URL lies on the site of ``meta["site"]``; the first request of a site has none yet."""
    site = request.meta.get("site")
    return site is None or is_on_site(request.url, site)

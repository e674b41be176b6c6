"""Requests stay on the site they were made for, redirects included."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.failures import LeavesSiteError, RedirectLoopError, SiteIsDoneError
from crawler.spiders.progress import SiteProgress
from crawler.urls import is_on_site


class Onsite(OffsiteMiddleware):
    """Downloader middleware: nothing outside the site is fetched, and nothing of a site that is done."""

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Whether the URL lies on the site of ``meta["site"]``; the first request of a site has none yet."""
        site = request.meta.get("site")
        return site is None or is_on_site(request.url, site)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises LeavesSiteError or SiteIsDoneError."""
        progress = request.cb_kwargs.get("progress")
        if isinstance(progress, SiteProgress) and progress.is_done:
            raise SiteIsDoneError(request.url)
        try:
            super().process_request(request)
        except IgnoreRequest as error:
            raise LeavesSiteError(request.url) from error


class Redirect(RedirectMiddleware):
    """Downloader middleware: Scrapy's, but a circle is an error.

    Scrapy's duplicate filter would swallow it in silence.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The response, or the request that its redirect asks for. Raises RedirectLoopError."""
        result = super().process_response(request, response)
        if isinstance(result, Request) and result.url in result.meta.get("redirect_urls", ()):
            raise RedirectLoopError(request.url)
        return result

"""What becomes of requests that failed or were refused: counted by reason, and remembered for the next crawl."""

import logging
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from crawler.failures import GONE_STATUSES, BrowserError, Group, SpentBudgetError, failure_of
from crawler.items import Missing
from crawler.ledger import Ledger
from crawler.middlewares.robots import RobotsTxt
from crawler.routes.candidates import Candidate, Role
from crawler.spiders.output import Output
from crawler.spiders.progress import SiteProgress
from crawler.spiders.starts import Start
from crawler.stats import Stats
from crawler.unstarted import sentence

LOOKED_FOR = (
    "a generator meta tag, the api.w.org link or header, wp-content and wp-includes URLs, "
    "an xmlrpc.php link, a ?p= shortlink, WordPress's body and post classes"
)
"""What tells a WordPress page: see ``reading.wordpress.wordpress_signs``."""

_ELSEWHERE = "If a WordPress lies elsewhere, in a folder or on another host, give its address"

_BLOCKS = frozenset({"http_401", "http_403", "http_429", "robots", "challenge"})
"""Reasons for which a start page fails where a site keeps us out."""

_NOBODY = frozenset({"connection_refused", "connection_lost"})
"""Reasons for which a start page fails where nobody listens, or nobody speaks TLS: not that it is slow."""

_OTHER = "other_scheme"
"""Key of ``meta``."""

logger = logging.getLogger(__name__)


def other_scheme(url: str | None) -> dict[str, str]:
    """The ``meta`` of a start request after whose failure another URL is tried."""
    return {_OTHER: url} if url else {}


class FailingSpider(Spider):
    """The errbacks of a spider over sites."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = Ledger()
        """What was done at each site."""

    @property
    def stats(self) -> Stats:
        """The counters of this crawl."""
        return Stats(self.crawler)

    def start_failed(self, failure: Failure) -> Iterator[Request]:
        """The first page of a site could not be fetched: the site counts as unreachable, or as refusing us, unless
        there is another scheme to try.
        """
        error = failure_of(failure)
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy on every errback
        if error.reason in _NOBODY and _OTHER in request.meta and "redirect_urls" not in request.meta:
            yield self._by_other_scheme(request, error.reason)
            return
        is_blocked = error.reason in _BLOCKS
        if is_blocked or error.group is Group.LEFT:
            self.stats.site("blocked" if is_blocked else "left")
        self.lose(request.meta.get("start"), error.reason, blocked=is_blocked)
        logger.error("%s cannot be crawled: %s", request.url, sentence(error.reason, failure.getErrorMessage()))

    def _by_other_scheme(self, request: Request, reason: str) -> Request:
        """Nobody answers by the one scheme, which is nothing wrong: the site was named without one."""
        url, start = request.meta[_OTHER], request.meta.get("start")
        logger.info("%s does not answer (%s), and no scheme was given: %s is tried", request.url, reason, url)
        if robots := self.crawler.get_downloader_middleware(RobotsTxt):
            robots.forget(urlparse_cached(request).netloc)
        if isinstance(start, Start):
            start.url, start.other = url, None
        meta = {"start": start} if start else {}
        return Request(url, request.callback, errback=request.errback, meta=meta, dont_filter=True)

    def page_failed(self, failure: Failure) -> Iterator[Output]:
        """A page could not be fetched: counted by reason. One that is gone may be a stored article's."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy on every errback
        error = failure_of(failure)
        progress: SiteProgress = request.cb_kwargs["progress"]
        candidate: Candidate = request.cb_kwargs["candidate"]
        if error.group is Group.ERRORS:
            self.failed(error.reason, progress.site)
            progress.unread[candidate.url] = error.reason
            if isinstance(failure.value, BrowserError):
                progress.scripts.failed()
            logger.warning("%s could not be fetched: %s", request.url, error.reason)
        elif error.group is Group.REJECTED:
            self._reject(error.reason, candidate, progress)
        elif error.group is Group.SKIPPED:
            self.stats.skipped(error.reason)
            if error.reason == "robots" and candidate.role in (Role.OLDER, Role.ARCHIVE):
                progress.unread[candidate.url] = error.reason  # what it lists is not known: nothing is complete
            progress.tally.is_no_post(candidate.url, candidate.wp_id)
        elif error.group is Group.LEFT:
            self.leave(candidate, error.reason, progress)
        response = getattr(failure.value, "response", None)
        if response is not None and response.status in GONE_STATUSES:
            if candidate.route == "archive":  # a list that goes on naming what is not there may do so for ever
                progress.budget.yields_nothing(candidate)
            yield Missing(site=progress.site, url=request.url, status=response.status)

    def failed(self, reason: str, site: str) -> None:
        """A page that may be an article of a site could not be fetched or read."""
        self.stats.failed(reason)
        self.ledger.of(site).errors += 1

    def leave(self, candidate: Candidate, reason: str, progress: SiteProgress) -> None:
        """A page was not asked for: the next crawl does."""
        self.stats.left(reason)
        progress.unread[candidate.url] = reason

    def _reject(self, rule: str, candidate: Candidate, progress: SiteProgress) -> None:
        """A rule forbade a request that was made: that a post may be missing for it is told once."""
        if rule == SpentBudgetError.rule:  # the guard of addresses counts by itself
            self.stats.rejected(rule)
        if candidate.role is Role.POST and rule not in progress.unread.values():
            progress.unread[candidate.url] = rule
        progress.tally.is_no_post(candidate.url, candidate.wp_id)

    def lose(self, start: Start | None, reason: str, *, blocked: bool) -> None:
        """A site could not be crawled; for spiders that remember sites."""

    def refused(self, response: Response, *, challenge: bool) -> None:
        """The first page of a site is none that is crawled: a wall, or no WordPress."""
        self.stats.site("blocked" if challenge else "not_wordpress")
        self.lose(response.meta.get("start"), "challenge" if challenge else "not_wordpress", blocked=challenge)
        if challenge:
            logger.error("%s answers with a page that keeps crawlers out; nothing is read from it", response.url)
        else:
            logger.error("%s is not a WordPress site: looked for %s, and found none of it. %s",
                         response.url, LOOKED_FOR, _ELSEWHERE)  # fmt: skip

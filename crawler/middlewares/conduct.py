"""Whether a host may be asked one thing more, and whether what it answers is the site or a wall."""

import logging
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.extensions.pace import Pace
from crawler.extensions.run_record import RunRecord
from crawler.failures import ChallengeError, SiteLeftError
from crawler.hosts import host_of
from crawler.polite.conduct import TROUBLE, Ending, HostConduct, Limits
from crawler.reading.challenge import challenge_in
from crawler.spiders.responses import headers_of
from crawler.stats import Stats

logger = logging.getLogger(__name__)


class Conduct:
    """Downloader middleware: keeps what happens with each host within the limits of a crawl.

    A host that is left is asked nothing more in this crawl; the spiders remember what remains.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limits = Limits.from_settings(crawler.settings)
        self._hosts: dict[str, HostConduct] = {}
        self._left_alone: dict[str, Ending] = {}
        """Why hosts were left whose crawl is over, and that are not to be asked yet."""
        self._all_left: Ending | None = None
        """Why no host is asked anything more."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Conduct":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "Conduct":
        """The one of this crawl."""
        conduct = crawler.get_downloader_middleware(cls)
        if conduct is None:
            raise RuntimeError("crawler.middlewares.conduct.Conduct is missing from DOWNLOADER_MIDDLEWARES")
        return conduct

    def host(self, name: str) -> HostConduct:
        """What happened with a host so far: ``hosts.host_of``."""
        known, now = self._hosts.get(name), datetime.now(UTC)
        if known is None or (known.is_past(now) and not RunRecord.of(self.crawler).holds(name)):
            ending = self._left_alone.pop(name, None)
            known = HostConduct(ended=ending if ending and _is_to_come(ending, now) else self._all_left)
            self._hosts[name] = known
        return known

    def forget(self, name: str) -> None:
        """The crawl of a host is over: the next one of this process begins anew, not before the host allows."""
        known, now = self._hosts.pop(name, None), datetime.now(UTC)
        if known and known.ended:
            self._left_alone[name] = known.ended
        self._left_alone = {host: one for host, one in self._left_alone.items() if _is_to_come(one, now)}

    def ending_of(self, site: str) -> Ending | None:
        """Why the host of a site was left, if it was."""
        known = self._hosts.get(site.partition("/")[0])
        return known.ended if known else None

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours are over that hold now; None if none do."""
        return self.limits.quiet.ends_at(now) if self.limits.quiet else None

    def leave(self, request: Request, ending: Ending) -> None:
        """Ask a request's host nothing more: neither what waits, nor what comes."""
        self.host(host_of(request)).ended = ending
        self._left(request, ending)

    def leave_all(self, ending: Ending) -> None:
        """The crawl is to end: ask nobody anything more. What is under way comes to its end, and what is learned is
        kept."""
        if self._all_left is None:
            self._all_left = ending
            for known in self._hosts.values():
                known.ended = known.ended or ending
            Stats(self.crawler).site_left(ending.why)
            Pace.of(self.crawler).drop_all(ending)

    def process_request(self, request: Request) -> None:
        """Raises SiteLeftError."""
        host = self.host(host_of(request))
        had_ended = host.ended is not None
        if ending := host.admit(self.limits, datetime.now(UTC)):
            if not had_ended:
                self._left(request, ending)
            raise SiteLeftError(ending)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response. Raises ChallengeError where it is a wall."""
        host = self.host(host_of(request))
        had_ended = host.ended is not None
        wall = challenge_in(response.status, headers_of(response), response.body)
        host.note(response.status, wall, self.limits, is_list=request.callback is NO_CALLBACK)
        if host.ended and not had_ended:
            self._left(request, host.ended)
        if wall:
            raise ChallengeError(request.url, wall)
        return response

    def _left(self, request: Request, ending: Ending) -> None:
        Stats(self.crawler).site_left(ending.why)
        level = logging.WARNING if ending.why in TROUBLE else logging.INFO
        logger.log(level, "%s is left for now: %s", host_of(request), ending)
        Pace.of(self.crawler).drop(request, ending)


def _is_to_come(ending: Ending, now: datetime) -> bool:
    """Whether the time has still to come at which a host may be asked again."""
    return ending.until is not None and now < ending.until

"""Asks hubs of WebSub and servers of rssCloud, through Scrapy's downloader: thin; ``push.arrangements`` decides."""

import asyncio
import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlsplit

from scrapy import FormRequest
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.engine import is_closing
from crawler.failures import ForbiddenAddressError
from crawler.push import rsscloud, websub
from crawler.push.arrangements import AskHub, Forget, Register, Step, next_steps
from crawler.push.options import Options
from crawler.storage.following import FollowedSites

logger = logging.getLogger(__name__)

_ASK_SECONDS = 20
_ROUND_SECONDS = 20
_META = {
    "dont_obey_robotstxt": True,  # nothing is crawled: the feed says whom to ask
    "dont_redirect": True,  # it says where, too
    "dont_retry": True,  # asked again later, and later still
    "handle_httpstatus_all": True,
    "download_timeout": _ASK_SECONDS,
    "download_maxsize": rsscloud.LARGEST,
}


class Subscriber:
    """Keeps what is arranged for the followed sites in order."""

    def __init__(self, crawler: Crawler, options: Options, following: FollowedSites) -> None:
        self._crawler = crawler
        self._options = options
        self._following = following

    async def round(self) -> None:
        """Do what is due now: of each server one thing after the other, of all servers at once. Raises PyMongoError."""
        known = self._following
        steps = next_steps(known.offers, known.subscriptions.values(), known.registrations.values(), datetime.now(UTC))
        by_server = groupby(sorted(steps, key=_server), _server)
        await asyncio.gather(*[self._in_turn(list(some)) for _, some in by_server])

    async def _in_turn(self, steps: Iterable[Step]) -> None:
        """What is not done in a while is done in a later round: the list is to be read meanwhile."""
        ends = time.monotonic() + _ROUND_SECONDS
        for step in steps:
            if not is_closing(self._crawler) and time.monotonic() < ends:
                await self._do(step)

    async def _do(self, step: Step) -> None:
        match step:
            case Forget(arranged):
                await self._following.forget(arranged)
            case AskHub():
                await self._ask_hub(step)
            case Register():
                await self._register(step)

    async def _ask_hub(self, step: AskHub) -> None:
        """The hub may verify before it answers. If it does not do as asked, it is asked again later."""
        wanted = step.subscription
        if self._following.subscription(wanted.token) != step.before:
            return  # the hub has said something meanwhile
        await self._following.store(wanted)
        callback = self._options.websub_callback(wanted.token)
        form = websub.subscription_request(wanted, callback, step.mode)
        self._following.count(f"asked/{step.mode}")
        answer = await self._post(wanted.hub, form, wanted.site)
        if answer is not None and not 200 <= answer.status < 300:
            self._following.count("asked/refused")
            logger.info("%s: the hub %s answers %d: %s", wanted.site, wanted.hub, answer.status, answer.body[:200])

    async def _register(self, step: Register) -> None:
        wanted = step.registration
        await self._following.register(wanted)
        form = rsscloud.registration_request(step.cloud, wanted.feed_url, self._options.rsscloud_callback())
        self._following.count("asked/register")
        answer = await self._post(wanted.cloud_url, form, wanted.site)
        if answer is None:
            return
        known = rsscloud.answered(wanted, answer.status, answer.body)
        if known.state == "refused":
            self._following.count("asked/refused")
            logger.info("%s: %s refuses to register: %s", wanted.site, wanted.cloud_url, answer.body[:200])
        await self._following.register(known)

    async def _post(self, url: str, form: dict[str, str], site: str) -> Response | None:
        """The answer, of whatever status; None if there is none. The guard of addresses looks where it leads."""
        try:
            async with asyncio.timeout(_ASK_SECONDS * 2):
                request = FormRequest(url, NO_CALLBACK, formdata=form, meta=dict(_META))
                return await self._crawler.engine.download_async(request)
        except ForbiddenAddressError:
            self._following.count("asked/private")
            logger.warning("%s names %s, which is not public: not asked (see NAMED_HOSTS)", site, url)
        except Exception as error:  # noqa: BLE001 - whatever a server does ends here: it is asked again later
            self._following.count("asked/failed")
            logger.info("%s: %s could not be asked: %s", site, url, type(error).__name__)
        return None


def _server(step: Step) -> str:
    match step:
        case AskHub(subscription=one):
            return urlsplit(one.hub).netloc
        case Register(registration=one):
            return urlsplit(one.cloud_url).netloc
        case _:
            return ""

"""What a page in a browser may ask for. Pure: the answers come through Scrapy's downloader, with all its limits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tldextract import TLDExtract

from crawler.urls import is_web_url

_SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
"""The list of public suffixes as it came with the package: nothing is fetched."""

SERVED_TYPES = frozenset({"script", "xhr", "fetch"})
"""Of Playwright's resource types those that text may come by. Not pictures, fonts, media, style sheets, frames, web
sockets, beacons: nothing of an article is in them."""

_READING = frozenset({"GET", "HEAD"})
_METHODS = _READING | {"POST"}
"""``admin-ajax.php`` and GraphQL are read by POST, as by any visitor; PUT, PATCH and DELETE change things."""

_TRACKERS = frozenset(
    {"google-analytics.com", "googletagmanager.com", "googletagservices.com", "googlesyndication.com",
     "doubleclick.net", "googleadservices.com", "adtrafficquality.google", "facebook.net", "facebook.com",
     "hotjar.com", "clarity.ms", "bat.bing.com", "scorecardresearch.com", "chartbeat.com", "chartbeat.net",
     "parsely.com", "quantserve.com", "quantcount.com", "criteo.com", "criteo.net", "taboola.com", "outbrain.com",
     "amazon-adsystem.com", "adnxs.com", "rubiconproject.com", "pubmatic.com", "openx.net", "casalemedia.com",
     "mathtag.com", "adsrvr.org", "demdex.net", "omtrdc.net", "newrelic.com", "nr-data.net", "segment.com",
     "segment.io", "mixpanel.com", "amplitude.com", "matomo.cloud", "stats.wp.com", "pixel.wp.com", "mc.yandex.ru",
     "hm.baidu.com", "plausible.io", "sentry.io", "onesignal.com", "pushengage.com", "addthis.com", "sharethis.com",
     "disqus.com", "cookielaw.org", "cookiebot.com", "onetrust.com", "consensu.org", "privacy-mgmt.com", "liadm.com",
     "moatads.com", "teads.tv", "smartadserver.com", "yieldlove.com", "zeotap.com", "ioam.de", "iocnt.net",
     "xiti.com", "ati-host.net", "gemius.pl", "tns-counter.ru", "top-fwz1.mail.ru", "counter.yadro.ru",
     "linkedin.com", "licdn.com", "ads-twitter.com", "analytics.tiktok.com", "tiktok.com", "pinterest.com",
     "pinimg.com", "jwpcdn.com"}
)  # fmt: skip
"""Hosts that count, advertise, ask for consent or embed, with what is below them: none of them has an article."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request of a page: ``kind`` is Playwright's resource type."""

    url: str
    method: str = "GET"
    kind: str = "fetch"
    is_navigation: bool = False


def refusal(ask: Ask, site_host: str, blocked: Collection[str] = ()) -> str | None:
    """Why a request of a page of a site is not sent, one word fit for a counter; None if it is.

    ``blocked``: hosts besides the known trackers. Whether an address may be asked at all is for the guard to say.
    """
    if ask.is_navigation:
        return "navigation"
    if ask.kind not in SERVED_TYPES or not is_web_url(ask.url):
        return "kind"
    host = urlsplit(ask.url).hostname or ""
    if _is_below(host, _TRACKERS) or _is_below(host, blocked):
        return "tracker"
    if ask.method not in _METHODS or (ask.method not in _READING and not _are_related(host, site_host)):
        return "method"
    return None


_NOT_SENT = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "keep-alive", "proxy-connection",
     "accept-encoding", "accept-language", "user-agent", "cookie"}
)  # fmt: skip
_OF_THE_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})


def request_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of a page's request that are sent: not Scrapy's own, no language, no cookies."""
    return {
        name: value
        for name, value in headers.items()
        if name.lower() not in _NOT_SENT and not name.lower().startswith(("sec-", ":"))
    }


def answer_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer that a page is given: its body is unpacked already, and there are no cookies."""
    return {name: value for name, value in headers.items() if name.lower() not in _OF_THE_BODY}


def _is_below(host: str, names: Collection[str]) -> bool:
    labels = host.lower().split(".")
    return any(".".join(labels[start:]) in names for start in range(len(labels)))


def _are_related(host: str, site_host: str) -> bool:
    """Whether two hosts belong together: ``api.news.example`` to ``www.news.example``, no blog to its neighbour's."""
    return host == site_host or _owner(host) == _owner(site_host)


def _owner(host: str) -> str:
    return _SUFFIXES(host).top_domain_under_public_suffix or host

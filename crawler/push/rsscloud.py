"""rssCloud: a feed's ``<cloud>`` element names a server that tells when the feed changes, for 25 hours. Pure.

Source: the RSS Advisory Board's "rssCloud Interface", RSS 2.0's ``<cloud>``, and WordPress's plugin of that name.
Nothing of it is signed: a notification is believed for a feed that was registered, and only brings a look forward.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from crawler.push.messages import Answer, only
from crawler.routes.feedxml import FeedXml
from crawler.routes.xmlfile import UnreadableXml, xml_source, xml_tree
from crawler.urls import is_web_url

LARGEST = 65_536
RENEW_AFTER = timedelta(hours=24)
_FIRST_RETRY = timedelta(minutes=2)
_LONGEST_CHALLENGE = 1024
_ECHO = {"X-Content-Type-Options": "nosniff"}
_PORTS = {"http": 80, "https": 443}

State = Literal["requested", "registered", "refused"]


@dataclass(frozen=True, slots=True)
class Cloud:
    """A ``<cloud>`` element that takes registrations by HTTP POST."""

    url: str
    """Where to register."""
    protocol: str
    """``http-post`` or ``https-post``: in which of them it calls back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One feed at one server. Times are UTC."""

    site: str
    feed_url: str
    """As the server knows it; notifications name it."""
    cloud_url: str
    state: State = "requested"
    asked_at: datetime
    """To be stored before the request goes out: the server calls back within it."""
    asked: int = 1
    """Requests since the last that succeeded."""


def cloud_of(feed: FeedXml) -> Cloud | None:
    """The server that a feed names; None for none, or one that only speaks XML-RPC or SOAP."""
    for element in feed.head.get("cloud", ()):
        protocol = (element.get("protocol") or "").strip().lower()
        url = _url(element)
        if url and protocol in ("http-post", "https-post"):
            return Cloud(url, protocol)
    return None


def _url(element: etree._Element) -> str | None:
    domain, port = (element.get("domain") or "").strip(), (element.get("port") or "80").strip()
    path = (element.get("path") or "/").strip()
    if not port.isdigit() or len(port) > 5:
        return None
    scheme = "https" if int(port) == 443 else "http"
    url = f"{scheme}://{domain}:{int(port)}/{path.removeprefix('/')}"
    return url if is_web_url(url) else None


def registration_request(cloud: Cloud, feed_url: str, callback: str) -> dict[str, str]:
    """The form to POST to the server. ``callback``: the URL of ``/rsscloud`` as the server reaches it, without query.

    With ``domain`` the server asks with a challenge first. WordPress's plugin knows ``http-post`` only and appends its
    own query to the path.
    """
    parts = urlsplit(callback)
    protocol = "https-post" if (parts.scheme, cloud.protocol) == ("https", "https-post") else "http-post"
    return {
        "notifyProcedure": "",
        "protocol": protocol,
        "domain": parts.hostname or "",
        "port": str(parts.port or _PORTS[parts.scheme]),
        "path": parts.path,
        "url1": feed_url,
    }


def asked_again(registration: Registration, now: datetime) -> Registration:
    """It is about to be requested once more; a feed that is registered stays so meanwhile."""
    state: State = "registered" if registration.state == "registered" else "requested"
    return replace(registration, state=state, asked_at=now, asked=registration.asked + 1)


def answered(registration: Registration, status: int, body: bytes) -> Registration:
    """What the server answered to the request: ``<notifyResult success="true" …/>``."""
    if 200 <= status < 300 and _is_success(body):
        return replace(registration, state="registered", asked=0)
    return replace(registration, state="refused")


def _is_success(body: bytes) -> bool:
    try:
        root = xml_tree(xml_source(body, ("notifyResult",), LARGEST))
    except UnreadableXml:
        return False
    return root is not None and (root.get("success") or "").strip().lower() == "true"


def next_request_at(registration: Registration) -> datetime:
    """When to register again: 24 hours after it was granted; after failures later and later, up to that."""
    if registration.asked == 0:
        return registration.asked_at + RENEW_AFTER
    return registration.asked_at + min(_FIRST_RETRY * (1 << min(registration.asked, 16)), RENEW_AFTER)


def notified_feed(fields: Mapping[str, list[str]]) -> str:
    """The feed that a form or a query names; empty for none."""
    return only(fields, "url").strip()


def challenge_answer(fields: Mapping[str, list[str]]) -> Answer | None:
    """The challenge, to be sent back to the letter; None if there is none."""
    challenge = only(fields, "challenge")
    if not 0 < len(challenge) <= _LONGEST_CHALLENGE:
        return None
    return Answer(200, challenge.encode("utf-8", "surrogateescape"), headers=_ECHO)

"""What is decided of a request when its headers are there, before a byte of the body is read. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.push import hooks, rsscloud, signature, websub, xmlrpc
from crawler.push.messages import Refused, media_type, refusal
from crawler.push.options import Options

Name = Literal["rpc", "websub", "rsscloud", "webhook", "health"]

_XML = frozenset({"text/xml", "application/xml"})
_FORM = frozenset({"application/x-www-form-urlencoded"})
_TOKEN = re.compile(r"[\w-]{16,128}", re.ASCII)
_HOST = re.compile(r"(\[[\da-fA-F:.]+\]|[^:@/\s\[\]]+)(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Head:
    """A request without its body. Names of headers in lower case."""

    method: str
    path: str
    headers: Mapping[str, list[str]]
    address: str
    """Of the sender."""
    query: str = ""
    length: int | None = 0
    """Bytes of the body as declared; None for chunked."""

    def header(self, name: str) -> str | None:
        """The value of a header that is there once."""
        values = self.headers.get(name, [])
        return values[0] if len(values) == 1 else None


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, and what it takes."""

    name: Name
    methods: tuple[str, ...]
    largest: int
    """Bytes of a body."""
    types: frozenset[str] | None = None
    """Content types of a body; None: any."""
    token: str = ""
    """Of the subscription."""


_RPC = Route("rpc", ("POST",), xmlrpc.LARGEST, _XML)
_CLOUD = Route("rsscloud", ("GET", "POST"), rsscloud.LARGEST, _FORM)
_HOOK = Route("webhook", ("POST",), hooks.LARGEST, hooks.TYPES)
_HEALTH = Route("health", ("GET", "HEAD"), 0)


def admit(head: Head, options: Options, knows: Callable[[str], bool]) -> Route:
    """The route of a request. Raises Refused. ``knows``: whether there is a subscription with a token."""
    _check_host(head, options)
    route = _route(head.path, options, knows)
    if route is None:
        raise refusal("path", 404, "nothing is here")
    if head.method not in route.methods:
        raise refusal("method", 405, "not with this method", allow=", ".join(route.methods))
    if head.method == "POST":
        _check_body(head, route)
    if head.length is not None and head.length > most_bytes(head, route):
        raise too_large(most_bytes(head, route))
    return route


def _check_host(head: Head, options: Options) -> None:
    """RFC 9110, 7.4 and 15.5.20: a request for a name that is not ours came here by mistake or by rebinding."""
    named = _HOST.fullmatch(head.header("host") or "")
    if named is None:
        raise refusal("host", 400, "one valid Host is needed")
    if options.hosts and named[1].lower() not in options.hosts:
        raise refusal("host", 421, "not the host of this name")


def _route(path: str, options: Options, knows: Callable[[str], bool]) -> Route | None:
    first, _, rest = path.removeprefix("/").partition("/")
    match first:
        case "rpc" | "RPC2" if signature.is_same(rest, options.path_secret):
            return _RPC
        case "rsscloud" if signature.is_same(rest, options.path_secret):
            return _CLOUD
        case "websub" if _TOKEN.fullmatch(rest) and knows(rest):
            return Route("websub", ("GET", "POST"), websub.LARGEST, token=rest)
        case "hooks" if rest == "site" and options.webhook_secrets:
            return _HOOK
        case "healthz" if path == "/healthz":
            return _HEALTH
        case _:
            return None


def _check_body(head: Head, route: Route) -> None:
    if "content-encoding" in head.headers:
        raise refusal("type", 415, "not compressed, please", accept_encoding="identity")
    if route.types is not None and media_type(head.header("content-type")) not in route.types:
        raise refusal("type", 415, f"expected is {' or '.join(sorted(route.types))}")


def most_bytes(head: Head, route: Route) -> int:
    """Of the body of a request; a chunked one is counted as it comes."""
    return route.largest if head.method == "POST" else 0


def too_large(largest: int) -> Refused:
    """A body longer than its route takes."""
    return refusal("too_large", 413, f"at most {largest} bytes, please")

"""How the receiver is set up: the ``PUSH_…`` settings, each with the reason for its default."""

from dataclasses import dataclass, field
from typing import Self

from scrapy.settings import BaseSettings

from crawler.numbers import whole_number
from crawler.push.addresses import Network, networks
from crawler.push.limits import Rate
from crawler.urls import is_web_url

_THIS_MACHINE = ["127.0.0.1", "::1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that an operator may choose. Seconds and bytes."""

    host: str = "127.0.0.1"
    """Only a reverse proxy on the same machine reaches it."""
    port: int = 6080
    """0: any free one."""
    url: str = ""
    """Where hubs and rssCloud servers reach it, such as ``https://push.example``; without it, none can be asked."""
    hosts: frozenset[str] = frozenset()
    """Names by which it may be called (``Host``), without port; none: by any."""
    trusted_proxies: tuple[Network, ...] = networks(_THIS_MACHINE)
    """Whose X-Forwarded-For is believed."""
    path_secret: str = ""
    """Last segment of the paths of pings and rssCloud, which have no other proof of who sends them."""
    webhook_secrets: tuple[str, ...] = ()
    """Tokens, or keys of signatures, for ``/hooks/site``; none: there is no such path."""
    debounce: float = 30.0
    """One look at a site within it, and one more at its end if there were further pushes: a crawl that finds one new
    post takes less."""
    bad_requests: Rate = field(default=Rate(per_second=1.0, burst=60.0))
    """Of one address, before it is answered 429."""
    most_addresses: int = 10_000
    """Whose bad requests are remembered: a megabyte or two."""
    most_connections: int = 256
    """At once, and up to a hundred more that Twisted takes in one go; with bodies of 64 KiB that is 16 MB. Further ones
    wait in the system's queue, and are taken within ``request_seconds`` even if all are held up."""
    request_seconds: float = 10.0
    """For a whole request to arrive, however slowly."""
    store_seconds: float = 10.0
    """For the database to take a push; then the sender hears 503. (WordPress itself listens for 3 seconds.)"""

    def websub_callback(self, token: str) -> str:
        """The address of a subscription, for its hub alone."""
        return f"{self.url}/websub/{token}"

    def rsscloud_callback(self) -> str:
        """The address of notifications."""
        return "/".join(filter(None, (f"{self.url}/rsscloud", self.path_secret)))

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Those of a project's settings. Raises ValueError if something is wrong, naming the setting."""
        default = cls()
        url = settings.get("PUSH_URL") or ""
        if url and not is_web_url(url):
            raise ValueError(f"PUSH_URL is {url!r}; write where others reach it: https://push.example")
        return cls(
            host=settings.get("PUSH_HOST") or default.host,
            port=whole_number(settings, "PUSH_PORT", default.port),
            url=url.rstrip("/"),
            hosts=frozenset(name.strip().lower() for name in settings.getlist("PUSH_HOSTS")),
            trusted_proxies=networks(settings.getlist("PUSH_TRUSTED_PROXIES", _THIS_MACHINE)),
            path_secret=settings.get("PUSH_PATH_SECRET") or "",
            webhook_secrets=tuple(secret.strip() for secret in settings.getlist("PUSH_WEBHOOK_SECRETS")),
            debounce=settings.getfloat("PUSH_DEBOUNCE_SECONDS", default.debounce),
        )

"""Which webhooks there are and how they are treated: the ``EVENTS_…`` settings."""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

ONE = "webhook"
"""The name of a sink that was given as a URL alone."""

LONGEST_TIMEOUT = 30.0
"""Seconds, well within the lease of a sink."""

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkOptions:
    """Everything that an operator may choose. Seconds."""

    webhooks: Mapping[str, str] = field(default_factory=dict)
    """Name of the sink -> URL."""
    secret: str = ""
    begin: Literal["now", "beginning"] = "now"
    """From where a sink is served that is seen for the first time."""
    batch: int = 100
    """Events in one message."""
    timeout: float = 10.0
    """For a receiver to take a message and answer."""
    retry: float = 5.0
    """Until the second attempt; twice as long before each further one."""
    retry_most: float = 900.0
    park_after: int = 100
    """Failures in a row: with the pauses above, a day."""
    poll: float = 2.0
    """Between two looks whether there is anything new."""
    closing: float = 10.0
    """For what is still to be delivered when a crawl ends; the rest is delivered by the next one."""

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Those of a project's settings. Raises ValueError if something is wrong, naming the setting."""
        default = cls()
        timeout = settings.getfloat("EVENTS_WEBHOOK_TIMEOUT", default.timeout)
        if not 0 < timeout <= LONGEST_TIMEOUT:
            raise ValueError(f"EVENTS_WEBHOOK_TIMEOUT is {timeout:g}; it may be up to {LONGEST_TIMEOUT:g} seconds")
        begin = settings.get("EVENTS_WEBHOOK_BEGIN") or default.begin
        if begin not in ("now", "beginning"):
            raise ValueError(f"EVENTS_WEBHOOK_BEGIN is {begin!r}; it may be now or beginning")
        return cls(
            webhooks=_webhooks(settings.get("EVENTS_WEBHOOK_URLS")),
            secret=settings.get("EVENTS_WEBHOOK_SECRET") or "",
            begin=begin,
            batch=max(1, settings.getint("EVENTS_WEBHOOK_BATCH", default.batch)),
            timeout=timeout,
            retry=settings.getfloat("EVENTS_RETRY_SECONDS", default.retry),
            retry_most=settings.getfloat("EVENTS_RETRY_MAX_SECONDS", default.retry_most),
            park_after=max(1, settings.getint("EVENTS_PARK_AFTER", default.park_after)),
            poll=settings.getfloat("EVENTS_POLL_SECONDS", default.poll),
            closing=settings.getfloat("EVENTS_CLOSING_SECONDS", default.closing),
        )

    def warn_of_no_secret(self) -> None:
        """Say so where receivers cannot tell who sends."""
        if self.webhooks and not self.secret:
            logger.warning(
                "EVENTS_WEBHOOK_SECRET is not set: what is sent to %s is not signed, and anybody can send the like",
                ", ".join(self.webhooks),
            )


def _webhooks(told: object) -> dict[str, str]:
    """One URL, or a mapping of names to URLs, as a dict or as JSON."""
    if not told:
        return {}
    if isinstance(told, str):
        told = _of_json(told) if told.lstrip().startswith("{") else {ONE: told.strip()}
    if not isinstance(told, Mapping):
        raise _wrong("it is neither a URL nor a JSON object")
    webhooks = {str(name): str(url) for name, url in told.items()}
    for name, url in webhooks.items():
        _check(name, url)
    return webhooks


def _of_json(told: str) -> object:
    try:
        return json.loads(told)
    except ValueError:
        raise _wrong("it begins like a JSON object and is none") from None


def _check(name: str, url: str) -> None:
    """The URL is not repeated in the message: it may hold a secret."""
    if not _NAME.fullmatch(name):
        raise _wrong(f"{name!r} cannot be the name of a sink; take letters, digits, - and _")
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_url = False
    if not is_url:
        raise _wrong(f"what is given for {name} is no http(s) URL")


def _wrong(what: str) -> ValueError:
    return ValueError(
        f"EVENTS_WEBHOOK_URLS: {what}. Write https://alerts.example/hook, "
        'or several: {"alerts": "https://alerts.example/hook", "archive": "https://archive.example/in"}'
    )

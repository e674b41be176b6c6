"""The settings of the queue and of its workers, checked."""

import os
import re
import socket
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from crawler.numbers import whole_number

_STREAM = re.compile(r"[A-Za-z0-9_-]{1,32}")

ABSENT = (
    "NATS_URL is not set: it names the queue that many machines share, as in NATS_URL=nats://127.0.0.1:4222 (start a"
    " server with: nats-server -js). One machine needs none: scrapy crawl wordpress -a due=1, or scrapy crawl listen"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOptions:
    """What ``scrapy work`` and ``scrapy enqueue`` are told."""

    urls: tuple[str, ...]
    stream: str
    sites: int
    lease: timedelta
    slice_seconds: float
    slice_requests: int
    stop_seconds: float
    name: str
    """Of this worker, unique among all."""

    @classmethod
    def of(cls, settings: BaseSettings) -> "WorkOptions":
        """From ``NATS_URL``, ``WORK_…`` and ``LEASE_SECONDS``. Raises ValueError, in words."""
        sites, requests = whole_number(settings, "WORK_SITES"), whole_number(settings, "WORK_SLICE_REQUESTS")
        lease, seconds = settings.getfloat("LEASE_SECONDS"), settings.getfloat("WORK_SLICE_SECONDS")
        if sites < 1:
            raise ValueError("WORK_SITES must be 1 or more")
        if lease < MIN_LEASE_SECONDS:
            raise ValueError(f"LEASE_SECONDS must be {MIN_LEASE_SECONDS:g} or more")
        if requests < 0 or seconds < 0:
            raise ValueError("WORK_SLICE_REQUESTS and WORK_SLICE_SECONDS must be 0 (no limit) or more")
        stream = str(settings["WORK_STREAM"])
        if not _STREAM.fullmatch(stream):
            raise ValueError("WORK_STREAM is a name of letters, digits, - and _, 32 at most")
        return cls(
            urls=_urls(settings["NATS_URL"]),
            stream=stream,
            sites=sites,
            lease=timedelta(seconds=lease),
            slice_seconds=seconds,
            slice_requests=requests,
            stop_seconds=settings.getfloat("WORK_STOP_SECONDS"),
            name=f"{socket.gethostname()}:{os.getpid()}",
        )


MIN_LEASE_SECONDS = 3.0
"""It is renewed three times, by operations that take a while."""


def _urls(told: str | None) -> tuple[str, ...]:
    urls = tuple(part.strip() for part in (told or "").split(",") if part.strip())
    if not urls:
        raise ValueError(ABSENT)
    for url in urls:
        if urlsplit(url).scheme not in ("nats", "tls") or not urlsplit(url).hostname:
            raise ValueError("NATS_URL is nats://HOST:PORT, or tls://…; several with commas between")
    return urls


def shown(urls: tuple[str, ...]) -> str:
    """Where the servers are, without passwords: fit for a log."""
    return ", ".join(f"{urlsplit(url).hostname}:{urlsplit(url).port or 4222}" for url in urls)

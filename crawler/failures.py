"""Why a page was not read, as one word for the counters: decides on Scrapy's exceptions, does nothing."""

from enum import StrEnum
from typing import NamedTuple

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure as TwistedFailure


class Group(StrEnum):
    """Whether something is wrong (an error) or merely nothing to store (skipped)."""

    ERRORS = "errors"
    SKIPPED = "skipped"
    SILENT = "silent"


class Failure(NamedTuple):
    """A group and a reason."""

    group: Group
    reason: str


class SiteIsDoneError(IgnoreRequest):
    """The site has given as many articles as were asked for."""


class NotStoredError(DropItem):
    """The database did not take an item: what its site was found to have is not all stored."""


class SpilledError(NotStoredError):
    """It is kept on disk for the next run."""


class LockLostError(IgnoreRequest):
    """Another run crawls this host now."""


class RedirectLoopError(IgnoreRequest):
    """The site redirects in a circle."""


class LeavesSiteError(IgnoreRequest):
    """A redirect leads to another site."""


class TruncatedError(IgnoreRequest):
    """The compressed body ends early."""


GONE_STATUSES = frozenset({404, 410})

MOVED_STATUSES = frozenset({301, 308})
"""Of permanent redirects (RFC 9110, 15.4)."""

_REASONS: tuple[tuple[type[BaseException], Failure], ...] = (
    (SiteIsDoneError, Failure(Group.SILENT, "limit")),
    (LockLostError, Failure(Group.SILENT, "lock_lost")),
    (RedirectLoopError, Failure(Group.ERRORS, "redirect_loop")),
    (LeavesSiteError, Failure(Group.SKIPPED, "offsite_redirect")),
    (TruncatedError, Failure(Group.ERRORS, "truncated")),
    (DownloadTimeoutError, Failure(Group.ERRORS, "timeout")),
    (CannotResolveHostError, Failure(Group.ERRORS, "dns")),
    (DownloadConnectionRefusedError, Failure(Group.ERRORS, "connection_refused")),
    (ResponseDataLossError, Failure(Group.ERRORS, "truncated")),
    (DownloadCancelledError, Failure(Group.ERRORS, "too_large")),
    (UnsupportedURLSchemeError, Failure(Group.SKIPPED, "scheme")),
    (DownloadFailedError, Failure(Group.ERRORS, "connection_lost")),
)


def failure_of(failed: TwistedFailure) -> Failure:
    """The reason of a failed request."""
    return failure_of_error(failed.value)


def failure_of_error(error: BaseException | None) -> Failure:
    """The reason of a failed request, from what was raised."""
    if isinstance(error, HttpError):
        return status_failure(error.response.status)
    for kind, failure in _REASONS:
        if isinstance(error, kind):
            return failure
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    return Failure(Group.ERRORS, type(error).__name__)


def status_failure(status: int) -> Failure:
    """A dead link is nothing wrong with the crawl; anything else that is no page is."""
    return Failure(Group.SKIPPED if status in GONE_STATUSES else Group.ERRORS, f"http_{status}")


def _ignored(message: str) -> Failure:
    """Scrapy's own middlewares say why only in words."""
    if "robots.txt" in message:
        return Failure(Group.SKIPPED, "robots")
    if "DOWNLOAD_MAXSIZE" in message:
        return Failure(Group.ERRORS, "too_large")
    if "redirections" in message:
        return Failure(Group.ERRORS, "redirect_loop")
    return Failure(Group.SKIPPED, "ignored")

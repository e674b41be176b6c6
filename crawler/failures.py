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

from crawler.polite.conduct import Ending


class Group(StrEnum):
    """Whether something is wrong (an error), merely nothing to store (skipped), or nothing was tried (left)."""

    ERRORS = "errors"
    SKIPPED = "skipped"
    REJECTED = "rejected"
    """By a rule: not fetched."""
    SILENT = "silent"
    LEFT = "left"
    """It was not asked for: the next crawl does."""


class Failure(NamedTuple):
    """A group and a reason."""

    group: Group
    reason: str


class SiteIsDoneError(IgnoreRequest):
    """The site has given as many articles as were asked for."""


class SiteLeftError(IgnoreRequest):
    """The site is left for now."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(str(ending))
        self.ending = ending


class ChallengeError(IgnoreRequest):
    """The wall of a firewall came in place of what was asked for; ``name`` is whose."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(f"{url} answers with a wall against crawlers ({name})")
        self.name = name


class RobotsUnreachableError(IgnoreRequest):
    """A host's robots.txt could not be had, so that nothing of it may be asked for (RFC 9309, 2.3.1.4)."""

    def __init__(self, url: str, failure: "Failure") -> None:
        super().__init__(f"{url} could not be fetched ({failure.reason}), and so forbids all")
        self.failure = failure


class NotStoredError(DropItem):
    """The database did not take an item: what its site was found to have is not all stored."""


class ForbiddenAddressError(IgnoreRequest):
    """A URL leads where no site may lead a crawl."""

    rule = "address"


class SpentBudgetError(IgnoreRequest):
    """Too many pages like it were fetched for nothing."""

    rule = "budget"


class BrowserError(IgnoreRequest):
    """A page was opened in a browser, and given up; ``reason`` is fit for a counter."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"given up in the browser: {reason}")
        self.reason = reason


class NeedsBrowserError(IgnoreRequest):
    """A page is empty until scripts run, and there is no browser that works."""


class TooManyEncodingsError(IgnoreRequest):
    """A body packed more often than any server packs it."""


class SpilledError(NotStoredError):
    """It is kept on disk for the next run."""


class LockLostError(IgnoreRequest):
    """Another run crawls this host now."""


class NotArchivedError(IgnoreRequest):
    """The archive that is read instead of the network has no answer of a URL."""


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
    (ChallengeError, Failure(Group.ERRORS, "challenge")),
    (SiteIsDoneError, Failure(Group.SILENT, "limit")),
    (ForbiddenAddressError, Failure(Group.REJECTED, ForbiddenAddressError.rule)),
    (SpentBudgetError, Failure(Group.REJECTED, SpentBudgetError.rule)),
    (NeedsBrowserError, Failure(Group.ERRORS, "needs_browser")),
    (TooManyEncodingsError, Failure(Group.ERRORS, "too_many_encodings")),
    (NotArchivedError, Failure(Group.SKIPPED, "not_archived")),
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
    if isinstance(error, SiteLeftError):
        return Failure(Group.LEFT, error.ending.why)
    if isinstance(error, RobotsUnreachableError):
        return error.failure
    if isinstance(error, BrowserError):
        return Failure(Group.SILENT if error.reason == "interrupted" else Group.ERRORS, error.reason)
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

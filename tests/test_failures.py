"""Why a page was not read."""

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure as TwistedFailure

from crawler.failures import (
    Group,
    LeavesSiteError,
    RedirectLoopError,
    SiteIsDoneError,
    TruncatedError,
    failure_of,
    status_failure,
)


def failed(error: Exception) -> TwistedFailure:
    """As an errback gets it."""
    return TwistedFailure(error)  # type: ignore[no-untyped-call]  # Twisted has no types here


@pytest.mark.parametrize(
    ("error", "group", "reason"),
    [
        (SiteIsDoneError(), Group.SILENT, "limit"),
        (RedirectLoopError(), Group.ERRORS, "redirect_loop"),
        (LeavesSiteError(), Group.SKIPPED, "offsite_redirect"),
        (TruncatedError(), Group.ERRORS, "truncated"),
        (DownloadTimeoutError(), Group.ERRORS, "timeout"),
        (CannotResolveHostError(), Group.ERRORS, "dns"),
        (DownloadConnectionRefusedError(), Group.ERRORS, "connection_refused"),
        (ResponseDataLossError(), Group.ERRORS, "truncated"),
        (DownloadCancelledError(), Group.ERRORS, "too_large"),
        (UnsupportedURLSchemeError(), Group.SKIPPED, "scheme"),
        (DownloadFailedError(), Group.ERRORS, "connection_lost"),
        (IgnoreRequest("Forbidden by robots.txt"), Group.SKIPPED, "robots"),
        (IgnoreRequest("max redirections reached"), Group.ERRORS, "redirect_loop"),
        (IgnoreRequest("something else"), Group.SKIPPED, "ignored"),
        (ZeroDivisionError(), Group.ERRORS, "ZeroDivisionError"),
    ],
)
def test_every_failure_has_a_group_and_one_word(error: Exception, group: Group, reason: str) -> None:
    assert failure_of(failed(error)) == (group, reason)


@pytest.mark.parametrize(
    ("status", "group"),
    [
        (404, Group.SKIPPED),
        (410, Group.SKIPPED),
        (403, Group.ERRORS),
        (429, Group.ERRORS),
        (500, Group.ERRORS),
        (304, Group.ERRORS),
    ],
)
def test_a_dead_link_is_nothing_wrong_with_the_crawl(status: int, group: Group) -> None:
    response = Response("https://news.example/a/", status=status, request=Request("https://news.example/a/"))
    assert status_failure(status) == (group, f"http_{status}")
    assert failure_of(failed(HttpError(response))) == (group, f"http_{status}")

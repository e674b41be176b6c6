"""When a host is asked nothing more."""

from datetime import UTC, datetime

from crawler.polite.conduct import Ending, HostConduct, Left, Limits
from crawler.polite.quiet import QuietHours

NOON, NIGHT = datetime(2026, 5, 4, 12, tzinfo=UTC), datetime(2026, 5, 4, 23, tzinfo=UTC)
SIX = datetime(2026, 5, 5, 6, tzinfo=UTC)


def noted(*answers: tuple[int, str | None, bool], limit: int = 3) -> HostConduct:
    host = HostConduct()
    for status, challenge, is_list in answers:
        host.note(status, challenge, Limits(refusals=limit), is_list=is_list)
    return host


PAGE, LIST, GOOD, GONE = (403, None, False), (403, None, True), (200, None, False), (404, None, False)


def test_requests_are_counted_up_to_the_limit() -> None:
    host, limits = HostConduct(), Limits(requests=2)
    assert [host.admit(limits, NOON) for _ in range(4)][:2] == [None, None]
    assert host.admit(limits, NOON) == Ending(Left.REQUEST_LIMIT, "request_limit")
    assert host.asked == 2


def test_without_a_limit_there_is_none() -> None:
    host = HostConduct()
    assert {host.admit(Limits(), NOON) for _ in range(1000)} == {None}


def test_quiet_hours_end_it_up_to_their_end() -> None:
    host, limits = HostConduct(), Limits(quiet=QuietHours.of("22:00-06:00"))
    assert host.admit(limits, NOON) is None
    assert host.admit(limits, NIGHT) == Ending(Left.QUIET_HOURS, "quiet_hours", SIX)
    assert host.admit(limits, NOON) is host.ended


def test_pages_refused_in_a_row_are_a_block() -> None:
    assert noted(PAGE, PAGE).ended is None
    assert noted(PAGE, PAGE, PAGE).ended == Ending(Left.BLOCKED, "http_403")
    assert noted(PAGE, GONE, (401, None, False), PAGE).ended == Ending(Left.BLOCKED, "http_403")


def test_what_answers_in_between_shows_that_it_is_none() -> None:
    assert noted(PAGE, PAGE, GOOD, PAGE, PAGE).ended is None


def test_lists_may_be_closed_but_no_wall_may_stand_there() -> None:
    assert noted(*[LIST] * 20).ended is None
    wall = (503, "cloudflare", True)
    assert noted(wall, (200, "cloudflare", False), wall).ended == Ending(Left.BLOCKED, "challenge_cloudflare")


def test_it_is_told_in_words() -> None:
    assert str(Ending(Left.PAUSED, "http_429", SIX)) == "paused (http_429), not before 2026-05-05 06:00:00 UTC"
    assert str(Ending(Left.REQUEST_LIMIT, "request_limit")) == "request_limit"

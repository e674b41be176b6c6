"""When pages of a site are opened in a browser, and when that is given up or taken for granted."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.schedule import Schedule
from crawler.site_record import BrowserNeed
from crawler.spiders.learned import Around, _browser_need
from crawler.spiders.scripts import MOST_USELESS, Scripts

NOW = datetime(2025, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "known", "why", "wants"),
    [
        (None, False, None, False),
        (None, False, "empty", True),
        (None, True, None, True),
        (True, False, None, True),
        (False, True, "asks", False),
        (False, False, None, False),
    ],
)
def test_which_pages(told: bool | None, known: bool, why: str | None, wants: bool) -> None:
    assert Scripts(told=told, is_known=known).wants(why) is wants


def test_where_most_pages_need_it_the_others_are_not_looked_at_first() -> None:
    scripts = Scripts()
    for _ in range(3):
        assert scripts.wants("empty")
        assert not scripts.goes_straight
        scripts.opened(is_empty=False)
    assert scripts.goes_straight


def test_a_few_pages_of_a_readable_site_do_not_make_it_one_that_needs_it() -> None:
    scripts = Scripts()
    for number in range(40):
        if scripts.wants("empty" if number % 10 == 0 else None):
            scripts.opened(is_empty=False)
    assert scripts.helped == 4
    assert not scripts.goes_straight


def test_it_is_given_up_where_nothing_comes_of_it_unless_the_user_insists() -> None:
    scripts, insisted = Scripts(is_known=True), Scripts(told=True)
    for one in (scripts, insisted):
        for _ in range(MOST_USELESS - 1):
            one.opened(is_empty=True)
        assert one.goes_straight
        one.failed()
    assert not scripts.goes_straight
    assert not scripts.wants("asks")
    assert insisted.goes_straight


def test_a_page_that_helps_begins_the_count_anew() -> None:
    scripts = Scripts(is_known=True)
    for number in range(3 * MOST_USELESS):
        scripts.opened(is_empty=number % 5 != 0)
    assert scripts.goes_straight


def test_what_is_kept_of_it() -> None:
    around = Around(now=NOW, schedule=Schedule())
    found = _browser_need(None, Scripts(why="asks", is_known=True), around)
    assert found is not None
    assert (found.why, found.found_at) == ("asks", NOW)
    assert timedelta(days=6) < found.expires_at - NOW < timedelta(days=9)
    assert _browser_need(found, Scripts(is_known=True), around) == found  # its pages were not looked at
    assert _browser_need(None, Scripts(why="empty"), around) is None  # a page or two
    past = BrowserNeed(why="asks", found_at=NOW, expires_at=NOW)
    assert _browser_need(past, Scripts(), around) is None
    assert _browser_need(found, Scripts(useless=MOST_USELESS), around) is None

"""How far the crawl of one site is, and what of it is wanted."""

from datetime import timedelta

from crawler.spiders.progress import SiteProgress

from ..examples import NOW, SITE

SECOND = timedelta(seconds=1)
WEEK = timedelta(weeks=1)


def test_without_a_limit_it_is_never_done() -> None:
    assert not SiteProgress(site=SITE, found=10_000).is_done


def test_it_is_done_when_as_many_were_found_as_were_asked_for() -> None:
    progress = SiteProgress(site=SITE, limit=3, found=2)
    assert not progress.is_done
    progress.found += 1
    assert progress.is_done


def test_the_whole_site_is_wanted_unless_something_narrows_it() -> None:
    assert SiteProgress(site=SITE).is_whole
    assert not SiteProgress(site=SITE, limit=3).is_whole
    assert not SiteProgress(site=SITE, since=NOW).is_whole
    assert not SiteProgress(site=SITE, until=NOW).is_whole


def test_both_ends_of_a_period_are_wanted() -> None:
    progress = SiteProgress(site=SITE, since=NOW - WEEK, until=NOW)
    assert progress.is_wanted(NOW - WEEK)
    assert progress.is_wanted(NOW)
    assert not progress.is_wanted(NOW - WEEK - SECOND)
    assert not progress.is_wanted(NOW + SECOND)


def test_an_article_without_a_date_is_not_lost() -> None:
    progress = SiteProgress(site=SITE, since=NOW, until=NOW)
    assert progress.is_wanted(None)
    assert not progress.is_too_old(None)


def test_too_old_is_what_lies_before_the_period() -> None:
    assert SiteProgress(site=SITE, since=NOW).is_too_old(NOW - SECOND)
    assert not SiteProgress(site=SITE, since=NOW).is_too_old(NOW)
    assert not SiteProgress(site=SITE, until=NOW).is_too_old(NOW - 100 * WEEK)


def test_types_that_were_asked_for() -> None:
    progress = SiteProgress(site=SITE, types=("post", "product"))
    assert [progress.is_of_type(name) for name in ("product", "page", None)] == [True, False, True]
    assert SiteProgress(site=SITE).is_of_type("page")


def test_each_site_has_its_own_requests() -> None:
    one, other = SiteProgress(site=SITE), SiteProgress(site="other.example")
    one.requested.add("https://news.example/")
    assert len(other.requested) == 0

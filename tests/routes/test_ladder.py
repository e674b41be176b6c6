"""Which route is next, and whether those walked have shown every post."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.routes.ladder import MAX_MISSING, Known, Route, State, Tally, Walked, completed, completeness, next_route

SITE = "news.example"
ALL = tuple(Route)


def refused(route: Route) -> Walked:
    return Walked(route, State.REFUSED, "http_403")


def test_what_became_of_a_route_in_words() -> None:
    assert str(refused(Route.REST)) == "rest refused (http_403)"
    assert str(Walked(Route.ARCHIVE, State.COMPLETE)) == "archive complete"


def test_which_route_was_walked_to_its_end() -> None:
    whole = Walked(Route.SITEMAP, State.COMPLETE)
    assert completed([refused(Route.REST), whole]) is whole
    assert completed([refused(Route.REST), Walked(Route.FEED, State.PARTIAL)]) is None


def test_the_ladder_of_a_site_with_full_feeds() -> None:
    walked: list[Walked] = []
    order = []
    while (route := next_route(walked, ALL, feed_is_full=True)) is not None:
        order.append(route)
        walked.append(refused(route))
    assert order == [Route.REST, Route.FEED, Route.SITEMAP, Route.ARCHIVE, Route.NAVIGATION]


def test_a_feed_of_summaries_comes_after_the_sitemap() -> None:
    walked = [refused(Route.REST)]
    assert next_route(walked, ALL, feed_is_full=False) is Route.SITEMAP
    walked.append(Walked(Route.SITEMAP, State.ABSENT))
    assert next_route(walked, ALL, feed_is_full=False) is Route.FEED


def test_a_route_walked_to_its_end_is_enough_and_one_that_broke_off_is_not() -> None:
    assert next_route([Walked(Route.REST, State.COMPLETE)], ALL, feed_is_full=True) is None
    assert next_route([Walked(Route.REST, State.PARTIAL, "http_500")], ALL, feed_is_full=True) is Route.FEED


@given(st.sets(st.sampled_from(ALL)), st.booleans())
def test_only_what_is_allowed_is_walked_and_nothing_twice(allowed: set[Route], full: bool) -> None:
    walked: list[Walked] = []
    while (route := next_route(walked, allowed, feed_is_full=full)) is not None:
        assert route in allowed
        walked.append(refused(route))
    assert {one.route for one in walked} == allowed
    assert len(walked) == len({one.route for one in walked})


def a_tally() -> Tally:
    tally = Tally(SITE)
    tally.name(Route.REST, "https://news.example/a/", 1)
    tally.name(Route.REST, "https://news.example/b/", 2)
    tally.name(Route.SITEMAP, "https://www.news.example/a")
    return tally


def test_what_is_named_and_neither_read_nor_something_else_is_missing() -> None:
    tally = a_tally()
    tally.saw(["https://news.example/a/"], 1)
    assert tally.missing() == ["https://news.example/b/"]
    tally.is_no_post("https://news.example/b/")
    tally.saw([], 2)
    assert tally.missing() == []
    assert tally.counts() == {"rest": 2, "sitemap": 1}


def test_one_url_that_is_no_post_accounts_for_it() -> None:
    tally = Tally(SITE)
    tally.name(Route.SITEMAP, "https://news.example/about/")
    tally.is_no_post("http://news.example/About")
    assert tally.missing() == []


def test_a_crawl_that_has_everything_is_complete() -> None:
    tally = a_tally()
    for wp_id, slug in ((1, "a"), (2, "b")):
        tally.saw([f"https://news.example/{slug}/"], wp_id)
    done = completeness([Walked(Route.REST, State.COMPLETE, total=2)], tally, {})
    assert done.value
    assert done.why == done.missing == ()


def test_what_is_missing_is_said_with_the_reason() -> None:
    told = completeness([Walked(Route.REST, State.COMPLETE, total=5)], a_tally(), {"http_500": 1})
    assert not told.value
    assert told.why == (
        "rest names 2 posts of the 5 it counts",
        "3 posts are named and were not read",
        "1 pages were not read: http_500",
    )
    assert set(told.missing) == {
        "https://news.example/a/",
        "https://news.example/b/",
        "https://www.news.example/a",
    }


def test_a_walk_that_was_resumed_has_to_name_as_many_as_the_site_counts() -> None:
    tally = Tally(SITE)
    for wp_id in (1, 2):
        tally.name(Route.REST, f"https://news.example/{wp_id}/", wp_id)
        tally.saw([f"https://news.example/{wp_id}/"], wp_id)
    resumed = [completeness([Walked(Route.REST, State.COMPLETE, None, total, is_resumed=True)], tally, {}).why
               for total in (1, 2, 3, None)]  # fmt: skip
    assert resumed == [
        ("rest named 2 posts in several crawls and counts 1 now: some are gone since",),
        (),
        ("rest names 2 posts of the 3 it counts",),
        (),
    ]
    assert completeness([Walked(Route.REST, State.COMPLETE, None, 1)], tally, {}).value


def test_what_another_route_has_stored_does_not_count_until_the_walk_has_named_it() -> None:
    tally = Tally(SITE)
    for wp_id in (1, 2, 3):
        tally.recall(f"https://news.example/{wp_id}/", wp_id)
    tally.name(Route.REST, "https://news.example/1/", 1)
    assert list(tally.recalled.values()) == [Known(f"https://news.example/{wp_id}/", wp_id) for wp_id in (2, 3)]
    told = [completeness([Walked(Route.REST, State.COMPLETE, None, total, is_resumed=True)], tally, {}).value
            for total in (1, 2, 3)]  # fmt: skip
    assert told == [True, False, False]


def test_a_post_without_an_id_that_is_recalled_and_named_is_one() -> None:
    tally = Tally(SITE)
    tally.recall("https://news.example/1/")
    tally.name(Route.REST, "https://news.example/1/", 1)
    tally.saw(["https://news.example/1/"], 1)
    walked = Walked(Route.REST, State.COMPLETE, None, 2, is_resumed=True)
    assert completeness([walked], tally, {}).why == ("rest names 1 posts of the 2 it counts",)


def test_no_route_to_the_end_is_not_complete() -> None:
    told = completeness([refused(Route.REST), Walked(Route.ARCHIVE, State.PARTIAL)], Tally(SITE), {})
    assert told.why == ("no route was walked to its end: rest refused (http_403), archive partial",)


def test_the_record_of_a_run_stays_small() -> None:
    tally = Tally(SITE)
    for number in range(MAX_MISSING + 50):
        tally.name(Route.SITEMAP, f"https://news.example/{number}/")
    told = completeness([Walked(Route.SITEMAP, State.COMPLETE)], tally, {})
    assert len(told.missing) == MAX_MISSING
    assert told.why == ("150 posts are named and were not read",)


def test_a_post_type_that_no_route_tells_of_is_missing() -> None:
    told = completeness([Walked(Route.REST, State.COMPLETE)], Tally(SITE), {}, ["event"])
    assert (told.value, told.why) == (False, ("no route tells of posts of the type event",))


def test_navigation_proves_nothing_where_no_post_names_another() -> None:
    walked, tally = [Walked(Route.NAVIGATION, State.COMPLETE)], Tally(SITE)
    tally.saw([f"https://{SITE}/a/"])
    assert completeness(walked, tally, {}).why == ("no post that was read names the one before or after it",)
    tally.is_chained = True
    assert completeness(walked, tally, {}).value

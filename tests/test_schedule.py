"""When a site is looked at next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.schedule import JITTER, LATEST, Look, Schedule, brought_forward

from .examples import NOW, SITE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SCHEDULE = Schedule()


def every(gap: timedelta, count: int = 9, newest: timedelta | None = None) -> list[datetime]:
    """Publications at a steady pace, the newest a gap ago if nothing else is said."""
    return [NOW - (gap if newest is None else newest) - gap * number for number in range(count)]


def interval(published: Sequence[datetime] = (), new: int = 0, previous: timedelta | None = None) -> timedelta:
    """What is decided after a look that went well."""
    return SCHEDULE.next_look(Look(at=NOW, published=published, new=new, previous=previous), SITE).interval


@pytest.mark.parametrize(
    ("gap", "decided"),
    [
        (5 * MINUTE, 10 * MINUTE),
        (HOUR, HOUR * 9 / 16),
        (4 * HOUR, 4 * HOUR * 9 / 16),
        (DAY, DAY * 9 / 16),
        (30 * DAY, DAY),
    ],
)
def test_a_site_is_looked_at_about_twice_for_each_article(gap: timedelta, decided: timedelta) -> None:
    assert interval(every(gap)) == decided


def test_sooner_right_after_something_new() -> None:
    assert interval(every(4 * HOUR), new=1) == interval(every(4 * HOUR)) / 2
    assert interval(every(5 * MINUTE), new=1) == 10 * MINUTE
    assert interval(every(30 * DAY), new=9) == DAY


def test_a_site_that_falls_silent_is_looked_at_less() -> None:
    looks = [interval(every(HOUR, count=20, newest=silence)) for silence in (HOUR, 12 * HOUR, 3 * DAY, 60 * DAY)]
    assert looks == sorted(set(looks))
    assert looks[-1] == DAY


def test_only_the_latest_articles_count() -> None:
    assert interval(every(HOUR, count=LATEST) + [NOW - 5000 * DAY] * 100) == interval(every(HOUR, count=LATEST))


def test_one_article_says_how_long_it_is_since_the_last() -> None:
    assert interval([NOW - 6 * HOUR]) == 3 * HOUR


def test_articles_of_the_future_or_of_one_moment_are_of_now() -> None:
    assert interval([NOW + DAY] * 5) == interval([NOW] * 5) == 10 * MINUTE


def test_without_dates_the_interval_grows_until_something_is_found() -> None:
    assert interval() == 1.5 * HOUR
    assert interval(previous=4 * HOUR) == 6 * HOUR
    assert interval(previous=4 * HOUR, new=3) == 2 * HOUR
    assert interval(previous=23 * HOUR) == DAY
    assert interval(new=3) == HOUR / 2


@pytest.mark.parametrize(
    ("failures", "delay"), [(0, HOUR), (1, 2 * HOUR), (2, 4 * HOUR), (4, 16 * HOUR), (5, DAY), (10_000, DAY)]
)
def test_failures_double_the_delay_up_to_the_longest(failures: int, delay: timedelta) -> None:
    due = SCHEDULE.next_look(Look(at=NOW, published=[NOW - 2 * HOUR], failures=failures), SITE)
    assert delay <= due.at - NOW <= delay * (1 + JITTER)
    assert due.interval == HOUR, "what a failure adds is not remembered as the site's pace"


durations = st.timedeltas(timedelta(0), timedelta(days=4000))
ages = st.lists(durations, max_size=40)
seeds = st.text(max_size=20)


@given(
    ages=ages,
    new=st.integers(0, 100),
    failures=st.integers(0, 1000),
    previous=st.none() | durations,
    seed=seeds,
)
def test_the_bounds_are_kept_and_the_jitter_is_bounded(
    ages: list[timedelta],
    new: int,
    failures: int,
    previous: timedelta | None,
    seed: str,
) -> None:
    look = Look(
        at=NOW,
        published=[NOW - age for age in ages],
        new=new,
        failures=failures,
        previous=previous,
    )
    due = SCHEDULE.next_look(look, seed)
    assert SCHEDULE.shortest <= due.interval <= SCHEDULE.longest
    assert due.interval <= due.at - NOW <= SCHEDULE.longest * (1 + JITTER)
    assert due == SCHEDULE.next_look(look, seed)


@given(ages=st.lists(durations, min_size=1, max_size=40), slower=st.floats(1, 100), new=st.integers(0, 1), seed=seeds)
def test_who_publishes_less_often_is_not_looked_at_sooner(
    ages: list[timedelta], slower: float, new: int, seed: str
) -> None:
    busy = Look(at=NOW, published=[NOW - age for age in ages], new=new)
    calm = Look(at=NOW, published=[NOW - min(age * slower, 20 * 365 * DAY) for age in ages], new=new)
    assert SCHEDULE.next_look(busy, seed).at <= SCHEDULE.next_look(calm, seed).at


@given(ages=st.lists(durations, min_size=1, max_size=40), share=st.floats(0, 1))
def test_one_more_recent_article_never_makes_the_interval_longer(ages: list[timedelta], share: float) -> None:
    published = [NOW - age for age in ages]
    assert interval([*published, NOW - max(ages) * share]) <= interval(published)


@given(failures=st.integers(0, 30), ages=ages, seed=seeds)
def test_one_more_failure_never_makes_the_delay_shorter(failures: int, ages: list[timedelta], seed: str) -> None:
    due = [
        SCHEDULE.next_look(Look(at=NOW, published=[NOW - age for age in ages], failures=number), seed).at
        for number in (failures, failures + 1)
    ]
    assert due[0] <= due[1]


def test_sites_drift_apart() -> None:
    due = {SCHEDULE.next_look(Look(at=NOW, published=every(HOUR)), f"{number}.example").at for number in range(50)}
    assert len(due) == 50


def test_sweeps_and_offers_come_round_once_a_week() -> None:
    for again in (SCHEDULE.next_sweep(NOW, SITE), SCHEDULE.offers_expiry(NOW, SITE)):
        assert NOW + 7 * DAY <= again <= NOW + 7 * DAY * (1 + JITTER)
    seldom = Schedule(sweep_every=30 * DAY, offers_every=DAY)
    assert seldom.next_sweep(NOW, SITE) > NOW + 30 * DAY
    assert seldom.offers_expiry(NOW, SITE) < NOW + 2 * DAY


def test_the_settings() -> None:
    told = {"SCHEDULE_MIN_MINUTES": "5", "SCHEDULE_MAX_HOURS": 12, "SWEEP_DAYS": "0.5", "OFFERS_DAYS": 30}
    assert Schedule.from_settings(Settings(told)) == Schedule(
        shortest=5 * MINUTE, longest=12 * HOUR, sweep_every=12 * HOUR, offers_every=30 * DAY
    )


def test_the_settings_of_the_project() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    assert Schedule.from_settings(settings) == Schedule()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SCHEDULE_MIN_MINUTES": 0}, "SCHEDULE_MIN_MINUTES must be more than 0"),
        ({"SCHEDULE_MIN_MINUTES": 61, "SCHEDULE_MAX_HOURS": 1}, "not more than SCHEDULE_MAX_HOURS"),
        ({"SWEEP_DAYS": 0}, "SWEEP_DAYS and OFFERS_DAYS must be more than 0"),
        ({"OFFERS_DAYS": -1}, "SWEEP_DAYS and OFFERS_DAYS must be more than 0"),
    ],
)
def test_settings_that_make_no_sense(wrong: dict[str, float], said: str) -> None:
    right = {"SCHEDULE_MIN_MINUTES": 10, "SCHEDULE_MAX_HOURS": 24, "SWEEP_DAYS": 7, "OFFERS_DAYS": 7}
    with pytest.raises(ValueError, match=said):
        Schedule.from_settings(Settings(right | wrong))


@pytest.mark.parametrize(
    ("pushed", "due"),
    [
        (None, 60),
        (-5, 60),  # told before the look was decided: seen by it
        (0, 60),
        (1, 1),  # told while it went on
        (30, 30),  # gathered until later
        (90, 60),
    ],
)
def test_what_a_site_told_after_a_look_began_brings_the_next_one_forward(pushed: int | None, due: int) -> None:
    told = None if pushed is None else NOW + timedelta(seconds=pushed)
    assert brought_forward(NOW + MINUTE, told, NOW) == NOW + timedelta(seconds=due)

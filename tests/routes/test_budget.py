"""Traps end; sites do not, whatever their addresses look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.routes.budget import PAGES_PER_PATTERN, Budget, url_pattern
from crawler.routes.candidates import Candidate, Role

HOME = "https://news.example"


def candidate(path: str, role: Role = Role.MAYBE) -> Candidate:
    return Candidate(HOME + path, role, "archive")


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/", "/"),
        ("/a-post/", "/*"),
        ("/123", "/#"),
        ("/2025/12/03/a-post/", "/#/#/#/*"),
        ("/archives/123", "/archives/#"),
        ("/tag/bridge/page/7/", "/tag/*/page/#"),
        ("/page/7/", "/page/#"),
        ("/category/town/council/", "/category/*/*"),
        ("/?p=12", "/?p"),
        ("/?paged=3&cat=2", "/?cat&paged"),
    ],
)
def test_what_urls_share(path: str, pattern: str) -> None:
    assert url_pattern(HOME + path) == pattern


@given(st.text(max_size=100))
def test_any_url_has_a_pattern(path: str) -> None:
    assert url_pattern(f"{HOME}/{path}").startswith("/")


@pytest.mark.parametrize("role", [Role.MAYBE, Role.ARCHIVE, Role.OLDER])
def test_a_pattern_that_yields_nothing_is_spent(role: Role) -> None:
    budget = Budget(most=20)
    fetched = 0
    for number in range(1000):
        one = candidate(f"/events/{number}/", role)
        if not budget.is_spent_for(one):
            fetched += 1
            budget.yields_nothing(one)
    assert fetched == 20
    assert not budget.is_spent_for(candidate("/a-post/", role))
    assert not budget.is_spent_for(candidate("/events/7/", Role.POST))


def test_a_trap_of_ever_new_patterns_is_spent() -> None:
    budget = Budget(most=20)
    fetched = 0
    for number in range(5000):
        one = candidate(f"/trap-{number}/x/")
        if not budget.is_spent_for(one):
            fetched += 1
            budget.yields_nothing(one)
    assert fetched == 200
    assert not budget.is_spent_for(candidate("/a-post/", Role.POST))


@pytest.mark.parametrize("form", ["/?p={}", "/archives/{}", "/{}", "/post-{}/", "/2025/12/{}", "/2025/12/03/post-{}/"])
def test_as_many_other_pages_cost_the_posts_of_a_site_nothing(form: str) -> None:
    budget = Budget()
    for number in range(5000):
        role = Role.POST if number % 2 else Role.MAYBE
        one, other = candidate(form.format(number), role), candidate(form.format(number + 5000))
        assert not budget.is_spent_for(one)
        budget.yields(one)
        assert not budget.is_spent_for(other) or role is Role.POST
        budget.yields_nothing(other)


def test_posts_that_are_named_have_more_patience() -> None:
    budget = Budget()
    for number in range(4 * PAGES_PER_PATTERN - 1):
        budget.yields_nothing(candidate(f"/archives/{number}", Role.POST))
    assert not budget.is_spent_for(candidate("/archives/1", Role.POST))
    assert not budget.is_spent_for(candidate("/tag/a/"))
    budget.yields_nothing(candidate("/archives/1", Role.POST))
    assert budget.is_spent_for(candidate("/archives/2", Role.POST))
    budget.yields(candidate("/archives/3", Role.POST))
    assert not budget.is_spent_for(candidate("/archives/4", Role.POST))

"""Paging by offset through a list that shrinks and grows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.routes.offsets import Offsets


def test_pages_overlap_by_one() -> None:
    place = Offsets().turn([1, 2, 3, 4], 4, more=True, fresh=True)
    assert place == Offsets(offset=3, mark=4, checked=True)
    assert place
    assert place.turn([4, 5], 4, more=False, fresh=True) is None


def test_it_steps_back_where_the_overlap_is_gone() -> None:
    place = Offsets(offset=9, mark=10, checked=True)
    back = place.turn([11, 12, 13, 14], 4, more=True, fresh=True)
    assert back == Offsets(offset=6, mark=10, checked=True, backs=1, reach=9)
    assert back
    onward = back.turn([8, 9, 11, 12], 4, more=True, fresh=False)
    assert onward == Offsets(offset=9, mark=12, checked=True)


def test_steps_back_grow_longer_and_end_at_the_beginning() -> None:
    place: Offsets | None = Offsets(offset=1000, mark=10, checked=True)
    offsets = []
    while place and place.offset:
        place = place.turn([], 11, more=False, fresh=False)
        offsets.append(place.offset if place else -1)
    assert offsets == [990, 970, 930, 850, 690, 370, 0]


def test_a_page_without_anything_new_is_the_last() -> None:
    assert Offsets(offset=3, mark=4, checked=True).turn([1, 2, 3, 4], 4, more=True, fresh=False) is None


def test_after_a_short_page_before_the_end_it_goes_on_behind_what_was_listed() -> None:
    assert Offsets().turn([1, 2], 4, more=True, fresh=True) == Offsets(offset=1, mark=2, checked=True)
    assert Offsets().turn([1], 4, more=True, fresh=True) == Offsets(offset=1, mark=1)


def test_one_page_of_hidden_posts_is_passed_and_no_second_one() -> None:
    behind = Offsets(offset=3, mark=2).turn([], 4, more=True, fresh=False)
    assert behind == Offsets(offset=7, mark=2, leapt=True)
    assert behind
    assert behind.turn([], 4, more=True, fresh=False) is None
    assert behind.turn([8, 9], 4, more=True, fresh=True) == Offsets(offset=8, mark=9, checked=True)


def test_equal_keys_at_the_end_of_a_page_are_asked_for_again() -> None:
    assert Offsets().turn([-9, -8, -7, -7], 4, more=True, fresh=True) == Offsets(offset=2, mark=-7, checked=True)


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 300), max_size=120), st.integers(2, 30), st.integers(1, 30))
def test_a_site_that_gives_fewer_at_once_is_listed_whole(keys: set[int], size: int, cap: int) -> None:
    listed, place = set[int](), Offsets()
    following: Offsets | None = place
    while following:
        place = following
        page = sorted(keys)[place.offset : place.offset + min(size, cap)]
        new = set(page) - listed
        listed |= new
        following = place.turn(page, size, more=place.offset + len(page) < len(keys), fresh=bool(new))
    assert listed == keys


@settings(max_examples=300, deadline=None)
@given(
    st.sets(st.integers(0, 200), max_size=60), st.lists(st.sets(st.integers(0, 200)), max_size=30), st.integers(2, 9)
)
def test_what_stays_is_listed_whatever_is_removed(keys: set[int], removals: list[set[int]], size: int) -> None:
    left, listed, steps = set(keys), set[int](), iter(removals)
    place: Offsets | None = Offsets()
    requests = 0
    while place:
        page = sorted(left)[place.offset : place.offset + size]
        new = set(page) - listed
        listed |= new
        place = place.turn(page, size, more=place.offset + size < len(left), fresh=bool(new))
        left -= next(steps, set())
        requests += 1
        assert requests < 500
    assert left <= listed

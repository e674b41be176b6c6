"""One story and its copies, whatever the order in which they were found."""

from datetime import timedelta
from typing import Any

from bson import ObjectId
from hypothesis import given
from hypothesis import strategies as st

from crawler.stories import MIN_WORDS, settle

from .examples import NOW

Member = dict[str, Any]
DAY = timedelta(days=1)


def a_member(number: int, text: str = "1:a", published: int | None = None, words: int | None = 60) -> Member:
    """An article with this text, published and first seen some days from NOW."""
    member: Member = {"_id": ObjectId(f"{number:024x}"), "content_hash": text, "first_seen_at": NOW + number * DAY}
    if published is not None:
        member["published_at"] = NOW + published * DAY
    return member | ({"word_count": words} if words is not None else {})


def settled(members: list[Member]) -> list[Member]:
    """The members after their updates were written."""
    updates = settle(members)
    after = [member | updates.get(member["_id"], {}) for member in members]
    return [{name: value for name, value in member.items() if value is not None} for member in after]


def test_the_earliest_published_is_the_original() -> None:
    early, late = a_member(2, published=1), a_member(1, published=5)
    assert settle([late, early]) == {
        early["_id"]: {"story_id": str(early["_id"]), "duplicate_of": None},
        late["_id"]: {"story_id": str(early["_id"]), "duplicate_of": str(early["_id"])},
    }


def test_where_no_date_is_known_the_first_seen_is_the_original() -> None:
    first, second = a_member(1), a_member(2)
    assert settle([second, first])[second["_id"]]["duplicate_of"] == str(first["_id"])


def test_an_article_alone_is_its_own_story() -> None:
    alone = a_member(1)
    assert settle([alone]) == {alone["_id"]: {"story_id": str(alone["_id"]), "duplicate_of": None}}


def test_other_texts_are_other_stories() -> None:
    one, other = a_member(1, "1:a"), a_member(2, "1:b")
    assert {update["story_id"] for update in settle([one, other]).values()} == {str(one["_id"]), str(other["_id"])}


def test_short_texts_are_no_copies() -> None:
    assert settle([a_member(1, words=MIN_WORDS - 1), a_member(2, words=None)]) == {}
    assert len(settle([a_member(1, words=MIN_WORDS), a_member(2, words=MIN_WORDS)])) == 2


def test_a_text_that_became_short_leaves_its_story() -> None:
    short = a_member(1, words=3) | {"story_id": "x", "duplicate_of": "x"}
    assert settle([short]) == {short["_id"]: {"story_id": None, "duplicate_of": None}}


def test_an_earlier_copy_found_later_takes_over() -> None:
    before = settled([a_member(1, published=4), a_member(2, published=5)])
    earlier = a_member(3, published=1)
    after = settled([*before, earlier])
    assert {member["story_id"] for member in after} == {str(earlier["_id"])}
    assert [member.get("duplicate_of") for member in after] == [str(earlier["_id"])] * 2 + [None]


MEMBERS = st.lists(
    st.builds(
        a_member,
        st.integers(1, 9),
        st.sampled_from(["1:a", "1:b"]),
        st.none() | st.integers(-3, 3),
        st.none() | st.integers(0, 100),
    ),
    max_size=8,
    unique_by=lambda member: str(member["_id"]),
)


@given(MEMBERS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(members: list[Member], random: Any) -> None:
    shuffled = random.sample(members, len(members))
    assert settle(shuffled) == settle(members)
    arrived: list[Member] = []
    for member in shuffled:
        arrived = settled([*arrived, member])
    assert sorted(arrived, key=str) == sorted(settled(members), key=str)


@given(MEMBERS)
def test_what_is_settled_stays(members: list[Member]) -> None:
    assert settle(settled(members)) == {}

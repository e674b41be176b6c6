"""Which articles go to which story: on pools of documents, as a crawl would read them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import grouping
from crawler.changes import Document
from crawler.grouping import Plan, Pool, Settling
from crawler.stories import age

from .news import a_story, bridged, cut, edited
from .test_stories import BRIDGE, HARBOUR, a_member


def in_story(member: Document, first: Document) -> Document:
    """The member as it is once its story is known."""
    copy = {} if member is first else {"duplicate_of": str(first["_id"]), "first_site": first["site"]}
    return (
        {name: value for name, value in member.items() if name != "grouping"} | {"story_id": str(first["_id"])} | copy
    )


def plan(due: list[Document], *others: Document) -> Plan:
    """What is planned if everything is in the pool."""
    pool = Pool()
    pool.add([*due, *others])
    pool.explored, pool.opened = set(pool.articles), set(pool.articles)
    return Settling(pool, [str(article["_id"]) for article in due]).plan()


def stories(planned: Plan) -> dict[str, tuple[str | None, str | None]]:
    """Story and first site of the articles that a plan places, by their site."""
    places = [place for part in planned for place in part]
    return {p.article["site"]: (p.fields["story_id"], p.fields["first_site"]) for p in places}


def test_the_earliest_published_is_the_first() -> None:
    early, late = a_member(2, published=1), a_member(1, published=5)
    planned = plan([late, early])
    assert stories(planned) == {"1.example": (str(early["_id"]), "2.example"), "2.example": (str(early["_id"]), None)}
    assert [place.article["site"] for place in planned.new_copies()] == ["1.example"]
    assert planned.firsts() == {str(early["_id"])}
    assert planned.ended() == set()


def test_an_article_alone_is_its_own_story_and_a_short_one_is_in_none() -> None:
    alone = a_member(1)
    assert stories(plan([alone])) == {"1.example": (str(alone["_id"]), None)}
    assert plan([a_member(1, "Removed.")]) == Plan([], [], [])
    short = in_story(a_member(2, "Removed."), a_member(1))
    assert stories(plan([short])) == {"2.example": (None, None)}


def test_a_later_copy_changes_nothing_but_itself() -> None:
    first, second = a_member(1, published=1), a_member(2, published=2)
    planned = plan([a_member(3, edited(BRIDGE), published=3)], in_story(first, first), in_story(second, first))
    assert stories(planned) == {"3.example": (str(first["_id"]), "1.example")}


def test_an_earlier_copy_found_later_takes_over() -> None:
    first, second = a_member(1, published=4), a_member(2, published=5)
    earlier = a_member(3, edited(BRIDGE), published=1)
    planned = plan([earlier], in_story(first, first), in_story(second, first))
    own = str(earlier["_id"])
    assert stories(planned) == {
        "1.example": (own, "3.example"),
        "2.example": (own, "3.example"),
        "3.example": (own, None),
    }
    assert [[place.article["site"] for place in part] for part in planned] == [
        ["2.example"],
        ["1.example"],
        ["3.example"],
    ]
    assert planned.ended() == {str(first["_id"])}
    assert [place.article["site"] for place in planned.new_copies()] == ["1.example"]


def test_the_first_of_two_stories_makes_them_one() -> None:
    long, beginning, rest = bridged()
    one, two = a_member(1, beginning, published=1), a_member(2, rest, published=2)
    whole = a_member(3, long, published=0)
    planned = plan([whole], in_story(one, one), in_story(two, two))
    assert {story for story, _ in stories(planned).values()} == {str(whole["_id"])}
    assert planned.ended() == {str(one["_id"]), str(two["_id"])}


def test_a_copy_of_a_copy_is_no_copy_of_what_it_has_nothing_of() -> None:
    long, beginning, rest = bridged()
    one, two = a_member(1, beginning, published=1), a_member(2, rest, published=2)
    planned = plan([a_member(3, long, published=3)], in_story(one, one), in_story(two, two))
    assert stories(planned) == {"3.example": (str(one["_id"]), "1.example")}


def test_members_of_a_story_that_lost_its_first_look_for_another() -> None:
    first, second, third = (a_member(number, published=number) for number in (1, 2, 3))
    rewritten = in_story(a_member(1, HARBOUR, published=1), first) | {
        "story_id": str(first["_id"]),
        "grouping": "changed",
    }
    for name in ("duplicate_of", "first_site"):
        rewritten.pop(name)
    planned = plan([rewritten], in_story(second, first), in_story(third, first))
    assert stories(planned) == {"2.example": (str(second["_id"]), None), "3.example": (str(second["_id"]), "2.example")}
    assert planned.new_copies() == []


def test_what_is_where_it_belongs_stays() -> None:
    first, second = a_member(1), a_member(2)
    settled = [in_story(first, first), in_story(second, first)]
    assert plan(settled) == plan([settled[0]], settled[1]) == Plan([], [], [])


def test_what_is_needed_besides_is_named() -> None:
    first, second = a_member(1, published=4), a_member(2, published=5)
    earlier = a_member(3, published=1)
    pool = Pool()
    pool.add([earlier, in_story(first, first)])
    own = str(earlier["_id"])
    asked = Settling(pool, [own])
    assert (asked.unexplored, asked.unopened) == ({own}, set())
    pool.explored |= asked.unexplored
    asked = Settling(pool, [own])
    assert (asked.unexplored, asked.unopened) == (set(), {str(first["_id"])})
    pool.add([in_story(second, first)])
    assert pool.headless() == set()
    pool.opened |= asked.unopened
    asked = Settling(pool, [own])
    assert (asked.unexplored, asked.unopened) == (set(), set())
    alone = Pool()
    alone.add([in_story(second, first)])
    assert alone.headless() == {str(first["_id"])}


def test_who_would_move_very_many_is_put_off_with_all_that_go_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_MOVED", 2)
    first, *others = [a_member(number, published=number) for number in range(1, 5)]
    settled = [in_story(member, first) for member in (first, *others)]
    oldest, old, unlike = a_member(7, published=-2), a_member(8, published=-1), a_member(9, HARBOUR)
    planned = plan([oldest, old, unlike], *settled)
    assert [article["site"] for article in planned.premature()] == ["7.example", "8.example"]
    assert plan([oldest, old, unlike], *settled[:3]).premature() == []
    revised = in_story(a_member(5, published=-3), a_member(5)) | {"grouping": "changed"}
    assert plan([revised, a_member(6, published=-2)], *settled).premature() == []


TEXTS = st.sampled_from(
    [BRIDGE, edited(BRIDGE), cut(BRIDGE), edited(BRIDGE, 20), HARBOUR, *bridged(), a_story(5, 30), "Short."]
)
SOURCES = st.sampled_from([None, None, "https://1.example/a/", "https://5.example/a/"])
MEMBERS = st.lists(
    st.builds(a_member, st.integers(1, 9), TEXTS, st.integers(-3, 3), syndicated_from=SOURCES),
    max_size=9,
    unique_by=lambda m: str(m["_id"]),
)


def applied(articles: list[Document], planned: Plan) -> list[Document]:
    """The articles after a plan was written and everyone was released."""
    changes = {place.article["_id"]: place.fields for part in planned for place in part}
    after = [article | changes.get(article["_id"], {}) for article in articles]
    return [{name: v for name, v in article.items() if v is not None and name != "grouping"} for article in after]


@settings(max_examples=60)
@given(MEMBERS, st.randoms(use_true_random=False), st.data())
def test_neither_order_nor_batches_make_a_difference(members: list[Document], random: Any, data: st.DataObject) -> None:
    at_once = applied(members, plan(members))
    arrived: list[Document] = []
    left = random.sample(members, len(members))
    while left:
        count = data.draw(st.integers(1, len(left)))
        batch, left = left[:count], left[count:]
        arrived = applied([*batch, *arrived], plan(batch, *arrived))
    assert sorted(arrived, key=str) == sorted(at_once, key=str)
    assert plan(at_once) == Plan([], [], [])


@settings(max_examples=60)
@given(MEMBERS.filter(bool), TEXTS, st.integers(-3, 3), SOURCES)
def test_a_revision_is_as_if_it_had_always_been_so(
    members: list[Document], text: str, published: int, source: str | None
) -> None:
    number = int(str(members[0]["_id"]), 16)
    settled = applied(members, plan(members))
    before, others = settled[0], settled[1:]
    revised = a_member(number, text, published, syndicated_from=source)
    kept = {name: before[name] for name in ("story_id", "duplicate_of", "first_site") if name in before}
    grouping = "moved" if age(revised) > age(before) else "changed"
    stored = revised | kept | {"grouping": grouping}
    fresh = [revised, *members[1:]]
    assert applied([stored, *others], plan([stored], *others)) == applied(fresh, plan(fresh))

"""One story and its copies, decided on documents alone."""

from datetime import timedelta
from typing import Any

from bson import ObjectId

from crawler.changes import Document
from crawler.identity import content_hash
from crawler.stories import MIN_WORDS, Plan, age, is_copy, keys, plan, to_be_grouped

from .examples import NOW
from .news import a_story, bridged, cut, edited

DAY = timedelta(days=1)
BRIDGE, HARBOUR = a_story(1), a_story(2)


def a_member(number: int, text: str = BRIDGE, published: int | None = None, **fields: Any) -> Document:
    """An article with this text, published and first seen some days from NOW, whose story is not known."""
    member: Document = {
        "_id": ObjectId(f"{number:024x}"), "site": f"{number}.example", "url": f"https://{number}.example/a/",
        "text": text, "content_hash": content_hash(text), "word_count": len(text.split()),
        "first_seen_at": NOW + number * DAY,
    }  # fmt: skip
    if published is not None:
        member["published_at"] = NOW + published * DAY
    member |= fields
    return {name: value for name, value in (member | to_be_grouped(member)).items() if value is not None}


def in_story(member: Document, first: Document) -> Document:
    """The member as it is once its story is known."""
    copy = {} if member is first else {"duplicate_of": str(first["_id"]), "first_site": first["site"]}
    return member | {"story_id": str(first["_id"])} | copy


def wanted(planned: Plan) -> dict[str, tuple[str | None, str | None]]:
    """Story and original of the articles that a plan places, by their site."""
    return {p.article["site"]: (p.fields["story_id"], p.fields["first_site"]) for p in planned.places}


def test_the_earliest_published_is_the_original() -> None:
    early, late = a_member(2, published=1), a_member(1, published=5)
    planned = plan([late, early], [], {})
    assert wanted(planned) == {
        "1.example": (str(early["_id"]), "2.example"),
        "2.example": (str(early["_id"]), None),
    }
    assert planned.copies == [(late, early)]
    assert planned.stories() == {str(early["_id"])}


def test_where_no_date_is_known_the_first_seen_is_the_original() -> None:
    assert min([a_member(2), a_member(1)], key=age)["site"] == "1.example"


def test_who_states_the_time_is_before_who_states_only_the_day() -> None:
    evening = NOW.replace(hour=21)
    by_time = a_member(2, published_at=evening, published_precision="time")
    by_day = a_member(1, published_at=NOW.replace(hour=12), published_precision="day")
    assert min([by_day, by_time], key=age) is by_time


def test_an_article_alone_is_its_own_story() -> None:
    alone = a_member(1)
    planned = plan([alone], [], {})
    assert wanted(planned) == {"1.example": (str(alone["_id"]), None)}
    assert (planned.copies, planned.merges) == ([], {})


def test_edited_and_cut_texts_are_copies_and_others_are_not() -> None:
    one = a_member(1)
    assert is_copy(one, a_member(2, edited(BRIDGE)))
    assert is_copy(a_member(2, cut(BRIDGE)), one)
    assert not is_copy(one, a_member(2, HARBOUR))


def test_short_texts_are_no_copies() -> None:
    short = "Subscribe to go on reading this article."
    one, other = a_member(1, short), a_member(2, short)
    assert not is_copy(one, other)
    assert keys(one) == []
    assert plan([one, other], [], {}) == Plan([], {}, [])
    enough = " ".join(BRIDGE.split()[:MIN_WORDS])
    assert is_copy(a_member(1, enough), a_member(2, enough))


def test_a_text_that_became_short_leaves_its_story() -> None:
    short = in_story(a_member(2, "Removed."), a_member(1))
    assert wanted(plan([short], [], {})) == {"2.example": (None, None)}


def test_an_earlier_copy_found_later_takes_over_the_whole_story() -> None:
    first, second = a_member(1, published=4), a_member(2, published=5)
    story = [in_story(first, first), in_story(second, first)]
    earlier = a_member(3, edited(BRIDGE), published=1)
    planned = plan([earlier], story, {str(first["_id"]): story[0]})
    assert wanted(planned) == {"3.example": (str(earlier["_id"]), None)}
    assert planned.merges == {str(first["_id"]): earlier}
    assert planned.copies == [(story[0], earlier)]


def test_a_text_between_two_stories_makes_them_one() -> None:
    long, beginning, rest = bridged()
    one, two = a_member(1, beginning), a_member(2, rest)
    stories = [in_story(one, one), in_story(two, two)]
    assert not is_copy(one, two)
    planned = plan([a_member(3, long)], stories, {str(story["_id"]): story for story in stories})
    assert planned.merges == {str(two["_id"]): stories[0]}
    assert wanted(planned) == {"3.example": (str(one["_id"]), "1.example")}
    assert [copy["site"] for copy, _ in planned.copies] == ["3.example", "2.example"]


def test_a_story_without_its_first_falls_into_its_parts() -> None:
    first, second, third = a_member(1, HARBOUR), a_member(2), a_member(3)
    story = [in_story(first, first), in_story(second, first), in_story(third, first)]
    planned = plan(story, [], {})
    assert wanted(planned) == {
        "2.example": (str(second["_id"]), None),
        "3.example": (str(second["_id"]), "2.example"),
    }
    assert planned.copies == []


def test_what_is_where_it_belongs_stays() -> None:
    first, second = a_member(1), a_member(2)
    story = [in_story(first, first), in_story(second, first)]
    assert plan(story, [], {}) == Plan([], {}, [])


def test_what_has_to_be_grouped() -> None:
    new = a_member(1)
    assert new["grouping"] == [str(new["_id"])]
    assert len(new["sketch"]["signature"]) > 100
    known = {name: value for name, value in new.items() if name != "grouping"}
    assert to_be_grouped(known, known) == {}
    assert to_be_grouped(known | {"title": "Another"}, known) == {}
    for change in ({"content_hash": "1:x"}, {"published_at": NOW}, {"published_precision": "day"}):
        assert to_be_grouped(known | change, known)["grouping"] == [str(new["_id"])]


def test_what_a_killed_run_left_is_kept_beside() -> None:
    known = a_member(1) | {"grouping": ["a", "b"]}
    assert to_be_grouped(known | {"content_hash": "1:x"}, known)["grouping"] == ["a", "b", str(known["_id"])]


def test_an_article_from_before_there_were_sketches_gets_one() -> None:
    new = a_member(1)
    old = {name: value for name, value in new.items() if name not in {"grouping", "sketch"}}
    assert to_be_grouped(old, old) == {"sketch": new["sketch"], "grouping": [str(new["_id"])]}
    short = {"_id": ObjectId(), "text": "Removed.", "content_hash": "1:y", "word_count": 1}
    grouped = to_be_grouped(short, short)
    assert grouped == {"sketch": {}, "grouping": [str(short["_id"])]}
    assert to_be_grouped(short | grouped, short | grouped) == {}

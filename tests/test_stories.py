"""One story and its copies, decided on documents alone."""

from datetime import timedelta
from typing import Any

from bson import ObjectId

from crawler.changes import Document
from crawler.identity import content_hash
from crawler.resemblance import SKETCH_VERSION
from crawler.stories import MIN_WORDS, age, brought_up, is_copy, is_put_off, keys, to_be_grouped

from .examples import NOW
from .news import a_story, cut, edited

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


def test_where_no_date_is_known_the_first_seen_is_the_original() -> None:
    assert min([a_member(2), a_member(1)], key=age)["site"] == "1.example"


def test_who_states_the_time_is_before_who_states_only_the_day() -> None:
    evening = NOW.replace(hour=21)
    by_time = a_member(2, published_at=evening, published_precision="time")
    by_day = a_member(1, published_at=NOW.replace(hour=12), published_precision="day")
    assert min([by_day, by_time], key=age) is by_time


def test_of_one_minute_who_names_a_source_is_after_who_does_not() -> None:
    copy = a_member(1, published_at=NOW, syndicated_from="https://2.example/a/")
    original = a_member(2, published_at=NOW + timedelta(seconds=40))
    assert min([copy, original], key=age) is original
    earlier = copy | {"published_at": NOW - timedelta(minutes=1)}
    assert min([earlier, original], key=age) is earlier, "plugins name wrong ones"
    both = [one | {"syndicated_from": "https://wire.example/a/"} for one in (original, copy)]
    assert min(both, key=age)["site"] == "1.example"


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
    enough = " ".join(BRIDGE.split()[:MIN_WORDS])
    assert is_copy(a_member(1, enough), a_member(2, enough))


def test_what_has_to_be_grouped() -> None:
    new = a_member(1)
    assert new["grouping"] == "changed"
    assert len(new["sketch"]["signature"]) > 100
    known = {name: value for name, value in new.items() if name != "grouping"}
    assert to_be_grouped(known, known) == {}
    assert to_be_grouped(known | {"title": "Another"}, known) == {}
    assert to_be_grouped(known | {"content_hash": "1:x"}, known)["grouping"] == "changed"
    for change in ({"published_at": NOW + 5 * DAY}, {"url": "https://1.example/b/"}):
        assert to_be_grouped(known | change, known)["grouping"] == "moved"  # younger than it was
    assert to_be_grouped(known | {"published_at": NOW - DAY}, known)["grouping"] == "changed"
    moved = known | {"grouping": "moved"}
    assert to_be_grouped(moved | {"content_hash": "1:x"}, moved)["grouping"] == "moved"


def test_an_article_from_before_there_were_sketches_gets_one() -> None:
    new = a_member(1)
    old = {name: value for name, value in new.items() if name not in {"grouping", "sketch"}}
    assert to_be_grouped(old, old) == {"sketch": new["sketch"], "grouping": "changed"}
    short = {"_id": ObjectId(), "url": "https://1.example/", "text": "Removed.", "content_hash": "1:y", "word_count": 1}
    grouped = to_be_grouped(short, short)
    assert grouped == {"sketch": {"bands": [SKETCH_VERSION << 56]}, "grouping": "changed"}
    assert to_be_grouped(short | grouped, short | grouped) == {}
    of_former_version = old | {"sketch": {"bands": [5, 7], "signature": b"\x00"}}
    assert to_be_grouped(of_former_version, of_former_version) == {"sketch": new["sketch"], "grouping": "changed"}


def test_a_text_too_short_for_a_sketch_is_found_by_its_whole_words_alone() -> None:
    enough = a_member(1, " ".join(BRIDGE.split()[:MIN_WORDS]))
    assert keys(enough) == [enough["content_hash"]]


def test_what_is_brought_up_to_this_version_waits_for_the_end_of_a_run() -> None:
    new = a_member(1)
    old = {name: value for name, value in new.items() if name not in {"grouping", "sketch"}}
    assert brought_up(old) == {"sketch": new["sketch"], "grouping": "late"}
    assert brought_up(old | {"grouping": "moved"})["grouping"] == "moved"
    assert is_put_off(old | brought_up(old))
    assert not is_put_off(old | brought_up(old) | {"story_id": "x"})
    assert not is_put_off(new)

"""What a sighting means for the stored document."""

from datetime import timedelta
from typing import Any

import pytest
from bson import ObjectId
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import Decision, Document, decide_missing, decide_new, decide_seen
from crawler.resemblance import SKETCH_VERSION

from .examples import HOME, LATER, MUCH_LATER, NOW, TEXT, a_document, stored

EDITED = TEXT.strip() + " Nobody voted against it."


def apply(known: Document, decision: Decision) -> Document:
    """What MongoDB has after the write."""
    return {name: value for name, value in (known | decision.set).items() if name not in decision.unset}


def test_a_new_post() -> None:
    article_id = ObjectId()
    seen = a_document(wp_id=12, aliases=[f"{HOME}/?p=12"])
    decision = decide_new(seen, article_id, NOW)
    assert decision.change.kind == "added"
    assert decision.revision is None
    assert decision.document == seen | {
        "_id": article_id,
        "url_keys": ["news.example?p=12", "news.example/bridge"],
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "last_changed_at": NOW,
        "revision": 0,
        "last_change": {"kind": "added", "fields": []},
        "sketch": {"bands": [SKETCH_VERSION << 56]},  # its text says the same three times
        "grouping": "changed",
    }


def test_seen_again_unchanged_writes_last_seen_at_and_nothing_else() -> None:
    known = stored(source={"route": "archive", "fetched_at": NOW, "etag": "a"})
    seen = a_document(source={"route": "navigation", "fetched_at": LATER, "etag": "b"})
    decision = decide_seen(known, seen, LATER)
    assert decision.change.kind == "unchanged"
    assert decision.change.fields == []
    assert decision.revision is None
    assert decision.set == {"last_seen_at": LATER}
    assert decision.unset == ()


def test_an_edit_is_one_revision_with_the_former_content() -> None:
    known = stored(tags=["bridges"], html="<p>old</p>")
    decision = decide_seen(known, a_document(text=EDITED, tags=["bridges", "council"], html="<p>new</p>"), LATER)
    assert decision.change.kind == "changed"
    assert decision.change.fields == ["tags", "text"]
    assert decision.document["text"] == EDITED
    assert decision.document["revision"] == 1
    assert decision.document["first_seen_at"] == NOW
    assert decision.document["last_changed_at"] == decision.document["last_seen_at"] == LATER
    assert decision.document["last_change"] == {"kind": "changed", "fields": ["tags", "text"]}
    revision = decision.revision
    assert revision is not None
    assert revision["_id"] == f"{known['_id']}:0"
    assert revision["article_id"] == known["_id"]
    assert (revision["site"], revision["url"]) == (known["site"], known["url"])
    assert (revision["revision"], revision["replaced_at"], revision["changed"]) == (0, LATER, ["tags", "text"])
    assert (revision["text"], revision["tags"], revision["html"]) == (known["text"], ["bridges"], "<p>old</p>")
    assert revision["content_hash"] == known["content_hash"]


def test_only_what_differs_is_set() -> None:
    known = stored()
    decision = decide_seen(known, a_document(title="The bridge goes"), LATER)
    assert set(decision.set) == {
        "title", "revision", "last_seen_at", "last_changed_at", "last_change", "untold_changes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("comment_count", 7),
        ("modified_at", LATER),
        ("html", "<p>other markup</p>"),
        ("word_count", 61),
        ("wp_id", 12),
        ("next_url", f"{HOME}/next/"),
    ],
)
def test_what_is_kept_without_being_a_change(name: str, value: Any) -> None:
    known = stored()
    decision = decide_seen(known, a_document(**{name: value}), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.revision is None
    assert decision.document[name] == value
    assert decision.document["revision"] == 0


FULL: dict[str, Any] = {
    "wp_id": 12,
    "type": "post",
    "excerpt": "It stays.",
    "tags": ["bridges"],
    "language": "en-GB",
    "html": "<p>The council met.</p>",
    "images": [{"url": f"{HOME}/bridge.jpg"}],
    "embeds": [{"url": "https://video.example/1", "kind": "video"}],
    "links": [{"url": f"{HOME}/a/", "text": "a"}],
    "word_count": 60,
    "page_count": 2,
    "comment_count": 3,
    "modified_at": NOW,
    "previous_url": f"{HOME}/older/",
    "next_url": f"{HOME}/newer/",
}


@given(st.sets(st.sampled_from(sorted({*FULL, "title", "authors", "published_at", "categories", "text"}))))
def test_what_a_reading_does_not_show_is_never_erased(hidden: set[str]) -> None:
    if "text" not in hidden:
        hidden -= {"images", "embeds", "links"}  # where the body was read, no images are known to be none
    known = stored(**FULL)
    seen = {name: value for name, value in a_document(**FULL).items() if name not in hidden}
    if "text" in hidden:
        del seen["content_hash"]
    decision = decide_seen(known, seen, LATER)
    assert decision.set.keys() <= {"last_seen_at", "previous_url", "next_url"}
    assert {name: decision.document.get(name) for name in hidden - {"previous_url", "next_url"}} == {
        name: known[name] for name in hidden - {"previous_url", "next_url"}
    }


@pytest.mark.parametrize("had", [{}, {"extra": {"region": "North"}}])
@pytest.mark.parametrize("told", [{}, {"source": {"read_from": "rest"}, "title": None}, {"modified_at": NOW}])
def test_a_new_field_of_ones_own_is_no_edit_of_the_site(had: Document, told: Document) -> None:
    known = stored(modified_at=LATER, **had)
    decision = decide_seen(known, a_document(extra={"minutes": 4}, **told), MUCH_LATER)
    assert (decision.change.kind, decision.change.fields, decision.revision) == ("unchanged", [], None)
    assert decision.document["extra"] == had.get("extra", {}) | {"minutes": 4}
    assert set(decision.set) == {"extra", "last_seen_at"}
    assert decide_seen(decision.document, a_document(extra={"minutes": 4}, **told), MUCH_LATER).set == {}


def test_another_value_of_a_field_of_ones_own_is_an_edit() -> None:
    known = stored(extra={"region": "North"})
    decision = decide_seen(known, a_document(extra={"region": "South", "minutes": 4}), LATER)
    assert (decision.change.kind, decision.change.fields) == ("changed", ["extra"])
    assert decision.document["extra"] == {"region": "South", "minutes": 4}
    assert decision.revision is not None
    assert decision.revision["extra"] == {"region": "North"}


def test_a_new_field_beside_an_edit_is_stored_with_it() -> None:
    decision = decide_seen(stored(), a_document(text=EDITED, extra={"minutes": 4}), LATER)
    assert (decision.change.fields, decision.document["extra"]) == (["text"], {"minutes": 4})


def test_an_image_taken_out_of_the_body_is_a_change() -> None:
    decision = decide_seen(stored(**FULL), a_document(**FULL | {"images": []}), LATER)
    assert decision.change.fields == ["images"]
    assert decision.document["images"] == []


def test_a_password_set_later_keeps_the_text_that_was_public() -> None:
    known = stored()
    seen = {**a_document(text=None, word_count=None), "access": "password"}
    decision = decide_seen(known, seen, LATER)
    assert decision.change.fields == ["access"]
    assert decision.document["text"] == known["text"]
    assert decision.document["content_hash"] == known["content_hash"]


def test_a_moved_post_keeps_its_former_url_as_an_alias() -> None:
    decision = decide_seen(stored("old", wp_id=12), a_document("new", wp_id=12), LATER)
    assert decision.change.kind == "changed"
    assert decision.change.fields == ["url"]
    assert decision.document["url"] == f"{HOME}/new/"
    assert decision.document["aliases"] == [f"{HOME}/old/"]
    assert decision.document["url_keys"] == ["news.example?p=12", "news.example/new", "news.example/old"]
    assert decision.revision is not None
    assert decision.revision["url"] == f"{HOME}/old/"


def test_a_post_that_moves_back_is_not_its_own_alias() -> None:
    moved = decide_seen(stored("old"), a_document("new", aliases=[f"{HOME}/old/"]), LATER).document
    back = decide_seen(moved, a_document("old"), MUCH_LATER).document
    assert (back["url"], back["aliases"]) == (f"{HOME}/old/", [f"{HOME}/new/"])


def test_another_spelling_of_the_url_is_no_change() -> None:
    decision = decide_seen(stored(), a_document(url="http://www.news.example/bridge"), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.document["aliases"] == [f"{HOME}/bridge/"]


def test_aliases_gather() -> None:
    known = stored(aliases=[f"{HOME}/a/"])
    decision = decide_seen(known, a_document(aliases=[f"{HOME}/b/", f"{HOME}/a/"]), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.document["aliases"] == [f"{HOME}/a/", f"{HOME}/b/"]
    assert decision.document["url_keys"] == ["news.example/bridge", "news.example/a", "news.example/b"]


def test_neighbours_are_read_together() -> None:
    known = stored(previous_url=f"{HOME}/older/", next_url=f"{HOME}/newer/")
    decision = decide_seen(known, a_document(previous_url=f"{HOME}/older/"), LATER)
    assert decision.unset == ("next_url",)
    assert "next_url" not in decision.document


def test_neighbours_stay_where_a_page_shows_none() -> None:
    known = stored(previous_url=f"{HOME}/older/", next_url=f"{HOME}/newer/")
    decision = decide_seen(known, a_document(), LATER)
    assert decision.set == {"last_seen_at": LATER}


def test_missing_once_is_remembered() -> None:
    known = stored()
    decision = decide_missing(known, LATER)
    assert decision.change.kind == "unchanged"
    assert decision.set == {"missing_since": LATER}
    assert decision.revision is None


def test_missing_twice_is_gone_and_the_content_is_kept() -> None:
    known = stored()
    once = apply(known, decide_missing(known, LATER))
    decision = decide_missing(once, MUCH_LATER)
    assert decision.change.kind == "gone"
    assert decision.document["gone_at"] == decision.document["last_changed_at"] == MUCH_LATER
    assert decision.document["last_seen_at"] == NOW
    assert decision.document["revision"] == 1
    assert decision.document["text"] == known["text"]
    assert decide_missing(decision.document, MUCH_LATER + timedelta(days=1)).set == {}


def test_missing_once_and_seen_again_is_forgotten() -> None:
    known = stored()
    once = apply(known, decide_missing(known, LATER))
    decision = decide_seen(once, a_document(), MUCH_LATER)
    assert decision.change.kind == "unchanged"
    assert decision.unset == ("missing_since",)
    assert apply(once, decision) == known | {"last_seen_at": MUCH_LATER}


def test_a_post_that_was_gone_returns() -> None:
    gone = stored() | {"gone_at": LATER, "missing_since": LATER, "revision": 1}
    decision = decide_seen(gone, a_document(), MUCH_LATER)
    assert decision.change.kind == "returned"
    assert decision.change.fields == []
    assert decision.revision is None
    assert set(decision.unset) == {"gone_at", "missing_since"}
    assert decision.document["revision"] == 2


def test_a_post_that_returns_edited_keeps_a_revision() -> None:
    gone = stored() | {"gone_at": LATER, "missing_since": LATER, "revision": 1}
    decision = decide_seen(gone, a_document(text=EDITED), MUCH_LATER)
    assert decision.change.kind == "returned"
    assert decision.change.fields == ["text"]
    assert decision.revision is not None
    assert decision.revision["revision"] == 1


READINGS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["A", "B", None]),
        "text": st.sampled_from([TEXT.strip(), EDITED, None]),
        "tags": st.lists(st.sampled_from(["x", "y"]), unique=True),
        "comment_count": st.integers(0, 3),
        "url": st.sampled_from([f"{HOME}/bridge/", f"{HOME}/moved/"]),
        "next_url": st.sampled_from([f"{HOME}/n/", None]),
        "published_at": st.sampled_from([None, NOW, MUCH_LATER]),
        "published_precision": st.sampled_from([None, "age", "day", "time"]),
        "aliases": st.lists(st.sampled_from([f"{HOME}/1/", f"{HOME}/2/"]), unique=True),
    },
)


@given(st.lists(READINGS, min_size=1, max_size=5))
def test_whatever_was_read_reading_it_again_changes_nothing(readings: list[dict[str, Any]]) -> None:
    known = stored()
    for fields in readings:
        decision = decide_seen(known, a_document(**fields), LATER)
        assert apply(known, decision) == decision.document
        assert (decision.revision is not None) is bool(decision.change.fields)
        assert decision.document["revision"] == known["revision"] + (decision.change.kind != "unchanged")
        known = decision.document
    again = decide_seen(known, a_document(**readings[-1]), MUCH_LATER)
    assert again.set == {"last_seen_at": MUCH_LATER}
    assert again.unset == ()


@pytest.mark.parametrize(
    ("told", "kept"), [({"reservations": ["noindex"]}, ["noindex"]), ({"reservations": []}, []), ({}, ["noai"])]
)
def test_what_a_page_reserves_is_no_change_and_other_routes_do_not_know_it(told: Document, kept: list[str]) -> None:
    known = stored(reservations=["noai"])
    decision = decide_seen(known, a_document(**told), LATER)
    assert (decision.change.kind, decision.revision) == ("unchanged", None)
    assert decision.document["reservations"] == kept

"""Stories in the database: late originals, merges, revisions that leave, kills and other processes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo.errors import PyMongoError

from crawler import grouping
from crawler.changes import Document
from crawler.grouping import Place
from crawler.items import Article
from crawler.stats import Stats
from crawler.storage.events import Events
from crawler.storage.stories import Stories
from crawler.stories import story_fields
from pipelines import group as pipelines_group
from pipelines.group import Group

from ..examples import NOW, an_article
from ..news import a_story, bridged, cut, edited
from .conftest import Outcome, Pipelines

DAY = timedelta(days=1)
BRIDGE = a_story(1)
LONG, BEGINNING, REST = bridged()


def told(site: str, text: str = BRIDGE, published: int = 0, **fields: Any) -> Article:
    """The article of a site: what it says, and when it was published, in days from NOW."""
    url, words = f"https://{site}.example/a/", len(text.split())
    time = NOW + published * DAY
    return an_article(site=f"{site}.example", url=url, text=text, word_count=words, published_at=time, **fields)


async def by_site(pipelines: Pipelines) -> dict[str, Document]:
    """The stored articles by the first part of their site."""
    return {document["site"].split(".")[0]: document for document in await pipelines.stored()}


def stories(documents: dict[str, Document]) -> dict[str, str]:
    """The site that has the story first, for each site."""
    firsts = {str(document["_id"]): site for site, document in documents.items()}
    return {site: firsts[document["story_id"]] for site, document in documents.items() if "story_id" in document}


def check(documents: dict[str, Document]) -> None:
    """Every copy names the first article of its story, which names none, and nobody waits."""
    assert not [site for site, document in documents.items() if "grouping" in document]
    for site, first in stories(documents).items():
        document = documents[site]
        original = None if site == first else str(documents[first]["_id"])
        assert document.get("duplicate_of") == original
        assert document.get("first_site") == (None if site == first else documents[first]["site"])


async def test_copies_with_edits_and_cut_ones_are_one_story(pipelines: Pipelines) -> None:
    outcomes = await pipelines.scrape_in_turn(
        told("a", published=1), told("b", edited(BRIDGE), 2), told("c", cut(BRIDGE), 3), told("d", a_story(2), 4)
    )
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    check(documents)
    original = str(documents["a"]["_id"])
    assert [(item.story_id, item.duplicate_of, item.first_site) for item in _articles(outcomes)[:2]] == [
        (original, None, None),
        (original, original, "a.example"),
    ]
    assert pipelines.count("articles/duplicate") == 2


async def test_who_becomes_a_copy_is_told_once(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(told("late", published=5), told("later", published=6), told("first", published=1))
    await pipelines.scrape_in_turn(told("late", published=5), told("later", published=6))
    documents = await by_site(pipelines)
    late, later, first = (documents[site] for site in ("late", "later", "first"))
    events = [event for event in await pipelines.stored("events") if event["type"] == "article.duplicate"]
    assert {(event["article_id"], event["duplicate_of"]) for event in events} == {
        (later["_id"], str(late["_id"])),
        (late["_id"], str(first["_id"])),
    }
    assert all({"at", "site", "url", "title", "revision"} <= event.keys() for event in events)


async def test_a_revision_leaves_its_story_and_comes_back(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(*(told(site, published=day) for day, site in enumerate("abc")))
    await pipelines.scrape(told("a", a_story(3), 0))
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "a", "b": "b", "c": "b"}
    check(documents)
    await pipelines.scrape(told("a", BRIDGE, 0))
    documents = await by_site(pipelines)
    assert stories(documents) == dict.fromkeys("abc", "a")
    check(documents)


async def test_another_time_of_publication_makes_another_first(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(told("a", published=1), told("b", published=2))
    await pipelines.scrape(told("a", published=9))
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "b", "b": "b"}
    check(documents)


TEXTS = st.sampled_from(
    [BRIDGE, edited(BRIDGE), cut(BRIDGE), edited(BRIDGE, 20), a_story(2), edited(a_story(2)), "Short."]
)
ARRIVALS = st.lists(st.tuples(st.sampled_from("abcdef"), TEXTS, st.integers(0, 4)), min_size=1, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, random=st.randoms(use_true_random=False))
async def test_the_order_of_arrival_makes_no_difference(
    pipelines: Pipelines, arrivals: list[tuple[str, str, int]], random: Any
) -> None:
    last = list({site: (site, text, published) for site, text, published in arrivals}.values())
    shuffled = random.sample(last, len(last))
    edits = await after(pipelines, *([each] for each in arrivals))
    in_turn = await after(pipelines, *([each] for each in last))
    at_once = await after(pipelines, shuffled)
    in_two = await after(pipelines, shuffled[::2], shuffled[1::2])
    assert edits == in_turn == at_once == in_two


async def after(
    pipelines: Pipelines, *batches: list[tuple[str, str, int]], is_empty: bool = True, is_over: bool = True
) -> dict[str, str]:
    """The stories of an empty database after articles have come in batches."""
    for name in ("articles", "events", "revisions") if is_empty else ():
        await pipelines.database.db[name].delete_many({})
    for batch in batches:
        _articles(await pipelines.scrape(*(told(*each) for each in batch)))
    documents = await by_site(pipelines)
    if is_over:
        check(documents)
    return stories(documents)


async def after_the_run(pipelines: Pipelines) -> dict[str, Document]:
    """The articles by site, once the run has ended."""
    await Group.from_crawler(pipelines.crawler).close_spider()
    documents = await by_site(pipelines)
    check(documents)
    return documents


async def test_a_story_with_many_members_is_taken_over_once_at_the_end_of_the_run(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_MOVED", 2)
    written: list[int] = []
    placing = Stories.place

    async def place(self: Stories, places: Any) -> bool:
        written.append(len(places))
        return await placing(self, places)

    monkeypatch.setattr(Stories, "place", place)
    newest_first = [told(site, published=-day) for day, site in enumerate("abcdefghij")]
    outcomes = await pipelines.scrape_in_turn(*newest_first)
    assert [item.story_id is None for item in _articles(outcomes)] == [False] * 4 + [True] * 6
    documents = await by_site(pipelines)
    assert {site for site, document in documents.items() if document.get("grouping") == "late"} == set("efghij")
    assert stories(documents) == dict.fromkeys("abcd", "d")
    documents = await after_the_run(pipelines)
    assert stories(documents) == dict.fromkeys("abcdefghij", "j")
    assert sum(written) == 1 + 2 + 3 + 4 + 10  # one after the other it were 55
    copies = [event["site"][0] for event in await pipelines.stored("events") if event["type"] == "article.duplicate"]
    assert sorted(copies) == list("abcdefghi")


async def test_a_run_that_goes_on_settles_what_was_put_off_meanwhile(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_MOVED", 2)
    monkeypatch.setattr(pipelines_group, "SETTLE_SECONDS", 0.1)
    await pipelines.scrape_in_turn(*(told(site, published=-day) for day, site in enumerate("abcdef")))
    documents = await by_site(pipelines)
    assert {site for site, document in documents.items() if document.get("grouping") == "late"} == set("ef")
    listening = Group.from_crawler(pipelines.crawler)
    listening.open_spider()
    async with asyncio.timeout(30):
        while any("grouping" in document for document in documents.values()):
            await asyncio.sleep(0.1)
            documents = await by_site(pipelines)
    assert stories(documents) == dict.fromkeys("abcdef", "f")
    await listening.close_spider()


async def test_what_another_run_put_off_is_settled_and_not_counted_and_not_by_who_was_refused_the_host(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_MOVED", 2)
    await pipelines.scrape_in_turn(*(told(site, published=-day) for day, site in enumerate("abcdef")))
    counted = pipelines.count("articles/duplicate")
    Stats(pipelines.crawler).site("locked")
    await Group.from_crawler(pipelines.crawler).close_spider()
    assert {site for site, document in (await by_site(pipelines)).items() if "grouping" in document} == set("ef")
    Stats(pipelines.crawler).site("crawled")
    assert stories(await after_the_run(pipelines)) == dict.fromkeys("abcdef", "f")
    assert pipelines.count("articles/duplicate") == counted == 3


async def test_what_is_put_off_hides_from_nobody_what_comes_later(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_MOVED", 2)
    await pipelines.scrape_in_turn(*(told(site, published=-day) for day, site in enumerate("abcde")))
    await pipelines.scrape(told("later", published=3))
    assert stories(await by_site(pipelines)) == dict.fromkeys(["a", "b", "c", "d", "later"], "d")
    assert stories(await after_the_run(pipelines)) == dict.fromkeys(["a", "b", "c", "d", "e", "later"], "e")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, random=st.randoms(use_true_random=False))
async def test_what_is_put_off_makes_no_difference(
    pipelines: Pipelines, arrivals: list[tuple[str, str, int]], random: Any
) -> None:
    last = list({site: (site, text, published) for site, text, published in arrivals}.values())
    at_once = await after(pipelines, last)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grouping, "MOST_MOVED", 0)
        await after(pipelines, *([each] for each in random.sample(arrivals, len(arrivals))), is_over=False)
        await after(pipelines, *([each] for each in last), is_over=False, is_empty=False)
        assert stories(await after_the_run(pipelines)) == at_once


async def without_sketches(pipelines: Pipelines) -> None:
    """As they were before there were sketches and stories."""
    unset = dict.fromkeys(("sketch", "story_id", "duplicate_of", "first_site"), "")
    await pipelines.database.db["articles"].update_many({}, {"$unset": unset})


async def test_articles_from_before_there_were_sketches_find_their_stories(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pipelines.scrape(told("a", published=3), told("b", published=1), told("c", a_story(3)), told("d", "Short."))
    await without_sketches(pipelines)
    monkeypatch.setattr(pipelines_group, "MOST_BROUGHT_UP", 2)
    group = Group.from_crawler(pipelines.crawler)
    group.size = 1
    await group.close_spider()
    waiting = [document for document in await pipelines.stored() if document.get("grouping") == "late"]
    assert len(waiting) == 2  # until all have a sketch
    assert stories(await by_site(pipelines)) == {}
    monkeypatch.undo()
    assert stories(await after_the_run(pipelines)) == {"a": "b", "b": "b", "c": "c"}


async def test_a_new_version_of_sketches_takes_no_story_apart(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(told("a", published=1), told("b", edited(BRIDGE), 2), told("c", cut(BRIDGE), 3))
    settled = await by_site(pipelines)
    former = {"bands": [5, 7], "signature": b"\x00\x00\x00\x00\x00"}
    await pipelines.database.db["articles"].update_many({}, {"$set": {"sketch": former}})
    events = len(await pipelines.stored("events"))
    assert await after_the_run(pipelines) == settled
    assert len(await pipelines.stored("events")) == events


@pytest.mark.parametrize("writes", range(6))
async def test_a_kill_before_any_write_of_a_merge_is_made_good_by_the_next_run(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    await pipelines.scrape_in_turn(
        told("a", BEGINNING, 3),
        told("b", BEGINNING, 4),
        told("c", REST, 5),
        told("d", REST, 6),
        told("e", a_story(2), 7),
    )
    assert stories(await by_site(pipelines)) == {"a": "a", "b": "a", "c": "c", "d": "c", "e": "e"}
    with monkeypatch.context() as patched:
        _killed_after(patched, writes)
        await pipelines.scrape(told("f", LONG, 1))
    assert ("grouping" in (await by_site(pipelines))["f"]) == (writes < 5)
    await Group.from_crawler(pipelines.crawler).close_spider()
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "f", "b": "f", "c": "f", "d": "f", "e": "e", "f": "f"}
    check(documents)
    copies = [event["site"] for event in await pipelines.stored("events") if event["type"] == "article.duplicate"]
    assert sorted(copies) == ["a.example", "b.example", "c.example", "d.example"]


@pytest.mark.parametrize("writes", range(6))
async def test_a_kill_while_a_story_loses_its_first_is_made_good(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    await pipelines.scrape_in_turn(*(told(site, published=day) for day, site in enumerate("abc")))
    with monkeypatch.context() as patched:
        _killed_after(patched, writes)
        await pipelines.scrape(told("a", a_story(3), 0))
    await Group.from_crawler(pipelines.crawler).close_spider()
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "a", "b": "b", "c": "b"}
    check(documents)


async def test_another_process_that_writes_meanwhile_is_noticed(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pipelines.scrape(told("a", published=3))
    placing, meanwhile = Stories.place, [True]

    async def place(self: Stories, *arguments: Any) -> bool:
        if meanwhile and meanwhile.pop():
            document = (await by_site(pipelines))["b"]
            alone = story_fields(document) | {"duplicate_of": None, "first_site": None}
            assert await placing(self, [Place(document, alone)])
        return await placing(self, *arguments)

    monkeypatch.setattr(Stories, "place", place)
    await pipelines.scrape(told("b", published=4))
    documents = await by_site(pipelines)
    assert stories(documents) == {"a": "a", "b": "a"}
    check(documents)


async def test_a_member_that_another_process_adds_to_a_story_that_ends_is_not_left_behind(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pipelines.scrape_in_turn(told("c", REST, 5), told("m", a_story(2), 6))
    first = (await by_site(pipelines))["c"]
    placing, meanwhile = Stories.place, [True]

    async def place(self: Stories, *arguments: Any) -> bool:
        if meanwhile and meanwhile.pop():
            stray = {"text": REST, "content_hash": first["content_hash"], "word_count": first["word_count"]}
            stray |= {"sketch": first["sketch"]} | story_fields(first)
            await pipelines.database.db["articles"].update_one({"site": "m.example"}, {"$set": stray})
        return await placing(self, *arguments)

    monkeypatch.setattr(Stories, "place", place)
    await pipelines.scrape(told("f", LONG, 1))
    documents = await by_site(pipelines)
    assert stories(documents) == dict.fromkeys("cmf", "f")
    check(documents)


async def test_a_copy_that_comes_back_is_told_again(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(told("a", published=1), told("b", published=2))
    await pipelines.scrape(told("a", a_story(3), 1))
    await pipelines.scrape(told("a", BRIDGE, 1))
    events = [event["site"] for event in await pipelines.stored("events") if event["type"] == "article.duplicate"]
    assert events == ["b.example", "b.example"]


async def test_who_is_always_interrupted_leaves_it_to_the_next_run(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def place(*_: object) -> bool:
        return False

    with monkeypatch.context() as patched:
        patched.setattr(Stories, "place", place)
        await pipelines.scrape(told("a"))
    assert pipelines.count("storage/failed") == 1
    assert (await by_site(pipelines))["a"]["grouping"]
    await Group.from_crawler(pipelines.crawler).close_spider()
    check(await by_site(pipelines))


async def test_a_story_whose_first_article_was_deleted_by_hand(pipelines: Pipelines) -> None:
    await pipelines.scrape_in_turn(*(told(site, published=day) for day, site in enumerate("abc")))
    await pipelines.database.db["articles"].delete_one({"site": "a.example"})
    await pipelines.scrape(told("d", published=9))
    documents = await by_site(pipelines)
    assert stories(documents) == dict.fromkeys("bcd", "b")
    check(documents)


def _killed_after(patched: pytest.MonkeyPatch, writes: int) -> None:
    """The database is gone after so many writes of the grouping: the events, three groups of places, the release."""
    left = [None] * writes

    def dying(write: Any) -> Any:
        async def written(*arguments: Any) -> Any:
            if not left:
                raise PyMongoError("killed")
            left.pop()
            return await write(*arguments)

        return written

    for owner, name in ((Stories, "place"), (Stories, "release")):
        patched.setattr(owner, name, dying(getattr(owner, name)))
    appending = Events.append

    async def append(events: Events, some: list[Any]) -> None:
        is_ours = not some or some[0].type == "article.duplicate"
        await (dying(appending) if is_ours else appending)(events, some)

    patched.setattr(Events, "append", append)


def _articles(outcomes: list[Outcome]) -> list[Article]:
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]

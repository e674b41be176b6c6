"""The outbox."""

from bson import ObjectId

from crawler.events import ArticleEvent, RunFinished
from crawler.storage.events import Events, to_document
from crawler.storage.indexes import Database

from ..examples import HOME, LATER, NOW, SITE

ARTICLE_ID = ObjectId("0123456789abcdef01234567")


def added(number: int = 0, title: str | None = "The bridge stays") -> ArticleEvent:
    """An article was added."""
    return ArticleEvent(
        id=f"{ARTICLE_ID}:{number}:added", type="article.added", at=NOW, article_id=ARTICLE_ID, site=SITE,
        url=f"{HOME}/bridge/", revision=number, title=title,
    )  # fmt: skip


def test_what_is_not_known_is_absent() -> None:
    assert to_document(added(title=None)) == {
        "_id": f"{ARTICLE_ID}:0:added",
        "type": "article.added",
        "at": NOW,
        "article_id": ARTICLE_ID,
        "site": SITE,
        "url": f"{HOME}/bridge/",
        "revision": 0,
    }


async def test_an_event_written_twice_stays_one_and_as_it_was(database: Database) -> None:
    events = Events(database)
    await events.append([added(0), added(1)])
    await events.append([added(1, title="another title"), added(2)])
    await events.append([])
    stored = await database["events"].find().sort("_id", 1).to_list()
    assert stored == [to_document(added(number)) for number in range(3)]


async def test_the_end_of_a_run(database: Database) -> None:
    run_id = ObjectId()
    finished = RunFinished(
        id=f"{run_id}:run", at=LATER, run_id=run_id, spider="wordpress", sites=(SITE,), exit_status=0,
        counts={"found": 3},
    )  # fmt: skip
    await Events(database).append([finished])
    assert await database["events"].find_one({"type": "run.finished"}) == {
        "_id": f"{run_id}:run",
        "type": "run.finished",
        "at": LATER,
        "run_id": run_id,
        "spider": "wordpress",
        "sites": [SITE],
        "exit_status": 0,
        "counts": {"found": 3},
    }

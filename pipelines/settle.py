"""Put stored articles to their stories: read what is needed to decide, write what was decided."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bson import ObjectId

from crawler.changes import Document
from crawler.events import ArticleEvent, duplicate_event
from crawler.grouping import Plan, Pool, Settling
from crawler.storage.events import Events
from crawler.storage.history import untold
from crawler.storage.indexes import Database
from crawler.storage.stories import Stories
from crawler.stories import LATE, is_put_off, keys

ROUNDS = 5
"""How often to begin anew because another process changed the same stories meanwhile."""


class Contended(RuntimeError):
    """Other processes were at the same stories each time; the articles wait for the next run."""


async def settle(database: Database, ids: Sequence[ObjectId], *, at_last: bool = False) -> list[ObjectId]:
    """Put those of these articles that wait for their story to it. Returns those that turned out to be copies.

    What would move very many others is left waiting for the end of the run (``at_last``), which is to begin with the
    oldest.

    What another process does at the same time is noticed, and it is done again. Raises Contended if that never ends,
    PyMongoError if the database does not answer; both leave the articles waiting.
    """
    stories = Stories(database)
    if at_last:
        await stories.call_in(ids)
    ended: set[str] = set()
    for _ in range(ROUNDS):
        due = [article for article in await stories.read(ids) if article.get("grouping") not in (None, LATE)]
        plan = await _planned(stories, due, ended)
        while not at_last and (premature := plan.premature()):
            await stories.put_off(premature)
            due = [article for article in due if article not in premature]
            plan = await _planned(stories, due, ended)
        if not due:
            return []
        ended |= plan.ended()
        if await _written(database, stories, plan, ended):
            await stories.release(due)
            return [article["_id"] for article, _, _ in plan.new_copies()]
    raise Contended("other processes are at the same stories")


async def bring_up(database: Database, batch: int, most: int) -> bool:
    """Give a sketch of this version to about so many of the articles that were stored without one: they wait for the
    end of a run then (``LATE``). Returns whether all have one.

    As long as one has none, no other is to be settled because of its new sketch, lest a story falls apart of which one
    half can be compared and the other cannot.
    """
    stories = Stories(database)
    for _ in range(0, most, batch):
        outdated = await stories.outdated(batch)
        if not outdated:
            return True
        await stories.bring_up(outdated)
    return False


async def _planned(stories: Stories, due: Sequence[Document], ended: set[str]) -> Plan:
    """What the first look shows to be needed besides is read next. ``ended``: stories that may have got new members."""
    pool, own = Pool(), {str(article["_id"]) for article in due}
    pool.add(due)
    unexplored, unopened = own, ended | {key for key in own if pool.articles[key].get("story_id") == key}
    while True:
        resembling = await stories.resembling([keys(pool.articles[key]) for key in unexplored])
        pool.add(article for article in resembling if not is_put_off(article))
        pool.add(await stories.members(unopened))
        pool.add(await stories.firsts(pool.headless()))
        pool.explored |= unexplored
        pool.opened |= unopened & pool.articles.keys()
        settling = Settling(pool, own)
        unexplored, unopened = settling.unexplored, settling.unopened
        if not unexplored and not unopened:
            return settling.plan()


async def _written(database: Database, stories: Stories, plan: Plan, ended: set[str]) -> bool:
    """Events first, since a copy that is written is none that has turned out to be one. Whether nobody interfered."""
    await Events(database).append_missing(await _events(database, plan))
    as_read = [await stories.place(places) for places in plan]
    return all(as_read) and await _stayed(stories, plan, ended)


async def _events(database: Database, plan: Plan) -> list[ArticleEvent]:
    """What became of each new copy: that it was stored comes first, and may have been told already."""
    now, copies = datetime.now(UTC).replace(microsecond=0), plan.new_copies()
    stored = await untold(database, [article for article, _, _ in copies if "grouping" in article])
    events = []
    for article, _, first in copies:
        events += stored.get(article["_id"], [])
        events += [duplicate_event(article, first, now)] if first else []
    return events


async def _stayed(stories: Stories, plan: Plan, ended: set[str]) -> bool:
    """Whether every first is still one, and no other process has put an article to a story that has ended."""
    firsts = await stories.firsts(plan.firsts())
    stayed = all(first.get("story_id") == str(first["_id"]) for first in firsts)
    return stayed and not await stories.members(ended - plan.firsts())

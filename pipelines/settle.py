"""Put stored articles to their stories: read what is needed to decide, write what was decided."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bson import ObjectId

from crawler.changes import Document
from crawler.events import duplicate_event
from crawler.grouping import Plan, Pool, Settling
from crawler.storage.events import Events
from crawler.storage.indexes import Database
from crawler.storage.stories import Stories
from crawler.stories import keys

ROUNDS = 5
"""How often to begin anew because another process changed the same stories meanwhile."""


class Contended(RuntimeError):
    """Other processes were at the same stories each time; the articles wait for the next run."""


async def settle(database: Database, ids: Sequence[ObjectId]) -> int:
    """Put those of these articles that wait for their story to it. Returns how many turned out to be copies.

    What another process does at the same time is noticed, and it is done again. Raises Contended if that never ends,
    PyMongoError if the database does not answer; both leave the articles waiting.
    """
    stories = Stories(database)
    for _ in range(ROUNDS):
        due = [article for article in await stories.read(ids) if "grouping" in article]
        if not due:
            return 0
        plan = await _planned(stories, due)
        if await _written(database, stories, plan):
            await stories.release(article["_id"] for article in due)
            return len(plan.new_copies())
    raise Contended("other processes are at the same stories")


async def _planned(stories: Stories, due: Sequence[Document]) -> Plan:
    """What the first look shows to be needed besides is read next."""
    pool, own = Pool(), {str(article["_id"]) for article in due}
    pool.add(due)
    unexplored, unopened = own, {key for key in own if pool.articles[key].get("story_id") == key}
    while True:
        pool.add(await stories.resembling([keys(pool.articles[key]) for key in unexplored]))
        pool.add(await stories.members(unopened))
        pool.add(await stories.firsts(pool.headless()))
        pool.explored |= unexplored
        pool.opened |= unopened
        settling = Settling(pool, own)
        unexplored, unopened = settling.unexplored, settling.unopened
        if not unexplored and not unopened:
            return settling.plan()


async def _written(database: Database, stories: Stories, plan: Plan) -> bool:
    """Events first, since a copy that is written is none that has turned out to be one. Whether nobody interfered."""
    now = datetime.now(UTC).replace(microsecond=0)
    copies = plan.new_copies()
    await Events(database).append([duplicate_event(copy.article, copy.fields["duplicate_of"], now) for copy in copies])
    as_read = [await stories.place(places) for places in plan]
    return all(as_read) and await _stayed(stories, plan)


async def _stayed(stories: Stories, plan: Plan) -> bool:
    """Whether every first is still one, and no other process has put an article to a story that has ended."""
    firsts = await stories.firsts(plan.firsts())
    stayed = all(first.get("story_id") == str(first["_id"]) for first in firsts)
    return stayed and not await stories.members(plan.ended())

"""The ``subscriptions`` collection: what is arranged with hubs of WebSub and servers of rssCloud."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from crawler.changes import Document
from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription
from crawler.storage.indexes import Database


class Arranged(NamedTuple):
    """Everything that is kept."""

    subscriptions: list[Subscription]
    registrations: list[Registration]


class Subscriptions:
    """Gateway to what is arranged in one database."""

    def __init__(self, database: Database) -> None:
        self._arranged = database["subscriptions"]

    async def read(self) -> Arranged:
        """All of it."""
        found = await self._arranged.find().to_list()
        return Arranged(
            [_subscription(document) for document in found if document["kind"] == "websub"],
            [_registration(document) for document in found if document["kind"] == "rsscloud"],
        )

    async def keep(self, arranged: Subscription | Registration) -> None:
        """Keep what became of one."""
        document = to_document(arranged)
        await self._arranged.replace_one({"_id": document["_id"]}, document, upsert=True)

    async def forget(self, arranged: Subscription | Registration) -> None:
        """It is over."""
        await self._arranged.delete_one({"_id": to_document(arranged)["_id"]})


def to_document(arranged: Subscription | Registration) -> Document:
    """As MongoDB keeps it: a subscription under the token of its callback, a registration under its feed."""
    told = {name: value for name, value in asdict(arranged).items() if value is not None}
    if isinstance(arranged, Subscription):
        return {"_id": told.pop("token"), "kind": "websub", **told}
    return {"_id": told.pop("feed_url"), "kind": "rsscloud", **told}


def _subscription(document: Mapping[str, Any]) -> Subscription:
    return Subscription(token=document["_id"], **_fields(document))


def _registration(document: Mapping[str, Any]) -> Registration:
    return Registration(feed_url=document["_id"], **_fields(document))


def _fields(document: Mapping[str, Any]) -> Document:
    return {name: value for name, value in document.items() if name not in ("_id", "kind")}

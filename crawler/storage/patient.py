"""A database whose operations wait for it while it is away, so that nobody who uses it has to know.

An operation is done again where it is not known whether it was done: what is written must be idempotent. PyMongo's own
retries are no help here, they are one, and only for replica sets.
"""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.cursor import AsyncCursor
from pymongo.asynchronous.database import AsyncDatabase

from crawler.storage.outage import Outage

P = ParamSpec("P")
T = TypeVar("T")

Document = dict[str, Any]


def _patient(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """A method of a collection that is tried again after an outage."""

    @wraps(method)
    async def patient(*args: P.args, **kwargs: P.kwargs) -> T:
        collection: PatientCollection = args[0]  # type: ignore[assignment]  # it is a method
        return await collection._outage.outlast(partial(method, *args, **kwargs))  # noqa: SLF001 - likewise

    return patient


class PatientCursor(AsyncCursor[Document]):
    """``to_list`` waits; the documents one after the other do not, since what was given cannot be given again."""

    def __init__(self, collection: "PatientCollection", *args: Any, **kwargs: Any) -> None:
        super().__init__(collection, *args, **kwargs)
        self._outage = collection._outage  # noqa: SLF001 - it is the same one

    async def to_list(self, length: int | None = None) -> list[Document]:
        """All that was found, from the beginning if it has to be asked for again."""
        return await self._outage.outlast(partial(self._read, length))

    async def _read(self, length: int | None) -> list[Document]:
        await self.rewind()
        return await super().to_list(length)


class PatientCollection(AsyncCollection[Document]):
    """The operations that this project uses."""

    def __init__(self, database: AsyncDatabase[Document], name: str, outage: Outage) -> None:
        super().__init__(database, name)
        self._outage = outage

    def find(self, *args: Any, **kwargs: Any) -> PatientCursor:
        """As AsyncCollection's."""
        return PatientCursor(self, *args, **kwargs)

    find_one = _patient(AsyncCollection.find_one)
    count_documents = _patient(AsyncCollection.count_documents)
    distinct = _patient(AsyncCollection.distinct)
    find_one_and_update = _patient(AsyncCollection.find_one_and_update)
    insert_many = _patient(AsyncCollection.insert_many)
    replace_one = _patient(AsyncCollection.replace_one)
    update_one = _patient(AsyncCollection.update_one)
    update_many = _patient(AsyncCollection.update_many)
    bulk_write = _patient(AsyncCollection.bulk_write)
    delete_one = _patient(AsyncCollection.delete_one)
    delete_many = _patient(AsyncCollection.delete_many)
    create_indexes = _patient(AsyncCollection.create_indexes)


class PatientDatabase(AsyncDatabase[Document]):
    """The database of a crawl."""

    def __init__(self, client: AsyncMongoClient[Document], name: str, outage: Outage) -> None:
        super().__init__(client, name)
        self._outage = outage

    def __getitem__(self, name: str) -> PatientCollection:
        """A collection that waits."""
        return PatientCollection(self, name, self._outage)

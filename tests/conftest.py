"""What many tests share: a MongoDB for the session, and an empty database in it for each test."""

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from pymongo.database import Database as BlockingDatabase

from crawler.storage.connect import connect, connect_async
from crawler.storage.embedded import embedded_server
from crawler.storage.indexes import Database, ensure_indexes
from tests.spiders.running import Scrapy

settings.register_profile("presswalk", deadline=None)  # a busy machine is no failure
settings.load_profile("presswalk")


@pytest.fixture(scope="session")
def mongodb_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The MongoDB of ``MONGODB_URI``, or an embedded one over a folder of its own."""
    if uri := os.environ.get("MONGODB_URI"):
        yield uri
        return
    with embedded_server(tmp_path_factory.mktemp("mongodb")) as uri:
        yield uri


@pytest.fixture
def database_name(mongodb_uri: str) -> Iterator[str]:
    """The name of a database that is not there yet; what the test puts there is dropped."""
    name = f"presswalk_test_{os.getpid()}_{uuid4().hex[:8]}"
    yield name
    with connect(mongodb_uri) as client:
        client.drop_database(name)


@pytest.fixture
def blocking_database(mongodb_uri: str, database_name: str) -> Iterator[BlockingDatabase[dict[str, Any]]]:
    """The database of the test for code without an event loop."""
    with connect(mongodb_uri) as client:
        yield client[database_name]


@pytest.fixture
async def database(mongodb_uri: str, database_name: str) -> AsyncIterator[Database]:
    """The database of the test in its event loop, with all indexes."""
    async with connect_async(mongodb_uri) as client:
        await ensure_indexes(client[database_name])
        yield client[database_name]


@pytest.fixture
def scrapy(mongodb_uri: str, database_name: str) -> Scrapy:
    """Runs ``scrapy`` against the database of this test."""
    return Scrapy(mongodb_uri, database_name)

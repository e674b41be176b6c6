"""A broker for the tests of this folder, and a stream of its own for each."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from crawler.work.options import WorkOptions
from crawler.work.queue import Queue
from tests.broker import Broker, serving


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """The one of the session."""
    with serving(tmp_path_factory.mktemp("nats")) as running:
        yield running


@pytest.fixture
def options(broker: Broker) -> WorkOptions:
    """With a lease of three seconds, over a stream that is not there yet."""
    return WorkOptions(
        urls=(broker.url,), stream=f"T{uuid4().hex[:8]}", sites=2, lease=timedelta(seconds=3), slice_seconds=0,
        slice_requests=0, stop_seconds=5, name="test",
    )  # fmt: skip


@pytest.fixture
async def queue(options: WorkOptions) -> AsyncIterator[Queue]:
    """A connection to it."""
    opened = await Queue.connect(options)
    yield opened
    await opened.close()

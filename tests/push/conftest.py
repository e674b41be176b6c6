"""One process for all receivers of the tests."""

from collections.abc import Iterator

import pytest

from tests.push.receiving import Receiving, receiving


@pytest.fixture(scope="session")
def receiver_process() -> Iterator[Receiving]:
    """The process."""
    with receiving() as process:
        yield process


@pytest.fixture
def receiver(receiver_process: Receiving) -> Receiving:
    """A new receiver that follows three sites and knows of no hub."""
    receiver_process.set_up()
    return receiver_process

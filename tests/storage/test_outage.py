"""Operations outlast an outage, or fail when it is too long; nobody goes on before it is known what has changed."""

import asyncio

import pytest
from pymongo.errors import AutoReconnect, DuplicateKeyError, OperationFailure, PyMongoError, WriteError
from scrapy.exceptions import CloseSpider

from crawler.storage import outage
from crawler.storage.outage import MAX_PAUSE, DatabaseAway, Outage, is_away, is_broken, may_be_broken, pause


class Server:
    """Answers or does not."""

    def __init__(self, seconds: float = 30.0) -> None:
        self.error: PyMongoError | None = None
        self.error_of_look: PyMongoError | None = None
        self.told: list[str] = []
        self.is_ending = False
        self.outage = Outage(
            seconds,
            self.look,
            began=lambda: self.told.append("began"),
            ended=self.ended,
            given_up=self.told.append,
            is_ending=lambda: self.is_ending,
        )

    async def look(self) -> None:
        if self.error_of_look or self.error:
            raise self.error_of_look or self.error or AssertionError

    async def ended(self) -> None:
        await asyncio.sleep(0.01)
        self.told.append("ended")

    async def operation(self) -> str:
        if self.error:
            raise self.error
        self.told.append("done")
        return "result"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(outage, "MAX_PAUSE", 0.02)


async def test_operations_wait_until_it_is_back_and_what_has_changed_is_looked_at_first() -> None:
    server = Server()
    server.error = AutoReconnect("gone")
    waiting = [asyncio.ensure_future(server.outage.outlast(server.operation)) for _ in range(3)]
    await asyncio.sleep(0.1)
    assert server.outage.is_on
    server.error = None
    assert await asyncio.gather(*waiting) == ["result"] * 3
    assert server.told == ["began", "ended", "done", "done", "done"]
    assert not server.outage.is_on


async def test_it_goes_on_while_what_has_to_be_done_first_cannot_be_done() -> None:
    """The database answers a look, and is away again before it is known who has the locks."""
    server = Server()

    async def ended() -> None:
        server.told.append("tried")
        if server.told.count("tried") < 3:
            raise AutoReconnect("gone again")
        await server.ended()

    server.outage._ended = ended
    server.error = AutoReconnect("gone")
    waiting = asyncio.ensure_future(server.outage.outlast(server.operation))
    await asyncio.sleep(0.05)
    server.error = None
    assert await waiting == "result"
    assert server.told == ["began", "tried", "tried", "tried", "ended", "done"]


async def test_what_is_no_outage_is_raised_at_once() -> None:
    server = Server()
    server.error = DuplicateKeyError("twice")
    with pytest.raises(DuplicateKeyError):
        await server.outage.outlast(server.operation)
    assert server.told == []


async def test_too_long_is_final_and_ends_the_crawl() -> None:
    server = Server(0.05)
    server.error = AutoReconnect("gone")
    with pytest.raises(DatabaseAway) as caught:
        await server.outage.outlast(server.operation)
    server.error = None
    with pytest.raises(CloseSpider):
        await server.outage.outlast(server.operation)
    assert server.told == ["began", "has not answered for 0.05 s (OUTAGE_SECONDS)"]
    assert (caught.value.reason, str(caught.value)) == ("storage_failed", "the database was given up")


async def test_what_answers_but_never_to_this_is_too_long_too() -> None:
    server = Server(0.05)
    server.error = AutoReconnect("gone")
    server.look = lambda: asyncio.sleep(0)  # type: ignore[method-assign]
    server.outage._look = server.look
    with pytest.raises(DatabaseAway):
        await server.outage.outlast(server.operation)


async def test_a_crawl_that_is_to_end_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "ENDING_SECONDS", 0.05)
    server = Server(1000.0)
    server.error = AutoReconnect("gone")
    server.is_ending = True
    with pytest.raises(DatabaseAway):
        await server.outage.outlast(server.operation)


FULL = OperationFailure("no space left", 14031)
INTERNAL = OperationFailure("internal server error", 1)


async def test_a_server_without_room_is_given_up_at_once() -> None:
    server = Server()
    server.error = FULL
    with pytest.raises(DatabaseAway):
        await server.outage.outlast(server.operation)
    assert server.told == ["began", "cannot write any more: is its disk full?"]


async def test_an_internal_error_is_the_end_where_nothing_else_works_either() -> None:
    server = Server()
    server.error = INTERNAL
    with pytest.raises(DatabaseAway):
        await server.outage.outlast(server.operation)
    other = Server()
    other.error = INTERNAL
    other.outage._look = lambda: asyncio.sleep(0)
    with pytest.raises(OperationFailure, match="internal"):
        await other.outage.outlast(other.operation)


def test_what_an_error_says() -> None:
    assert [is_away(error) for error in (AutoReconnect("x"), FULL, DuplicateKeyError("x"))] == [True, False, False]
    refused = OperationFailure("bulk", 65, {"writeErrors": [{"code": 11000}, {"code": 14031}]})
    assert [is_broken(error) for error in (FULL, refused, INTERNAL, AutoReconnect("x"))] == [True, True, False, False]
    assert [may_be_broken(error) for error in (INTERNAL, WriteError("x", 2))] == [True, False]


def test_pauses_grow_and_are_never_the_same_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert all(0.125 <= pause(0) <= 0.25 for _ in range(50))
    assert all(MAX_PAUSE / 2 <= pause(100) <= MAX_PAUSE for _ in range(50))
    assert len({pause(3) for _ in range(20)}) > 10

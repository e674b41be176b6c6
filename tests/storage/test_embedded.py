"""The embedded MongoDB: shared while somebody uses it, stopped afterwards, nothing lost however they end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.storage import embedded
from crawler.storage.connect import connect
from crawler.storage.embedded import EmbeddedServerFailed, embedded_server

from ..waiting import embedded_process, kill_embedded, listens, soon

USE = """
import sys, time
from pathlib import Path
from crawler.storage.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as uri:
    print(uri, flush=True)
    time.sleep(600)
"""


@contextmanager
def user(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that uses the server; and the URI it was given."""
    command = [sys.executable, "-c", USE, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def add(uri: str, *numbers: int) -> None:
    """Store some numbers."""
    with connect(uri) as client:
        client["test"]["numbers"].insert_many([{"_id": number} for number in numbers])


def numbers(uri: str) -> list[int]:
    """The numbers that are stored."""
    with connect(uri) as client:
        return [document["_id"] for document in client["test"]["numbers"].find().sort("_id", 1)]


def test_it_is_shared_by_its_users_and_stops_when_the_last_one_leaves(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as first:
        with embedded_server(tmp_path) as second, user(tmp_path) as (_, third):
            assert first == second == third
            add(second, 1)
        assert numbers(first) == [1]
        time.sleep(1.0)  # long enough for a keeper that counted wrongly
        assert listens(first)
    assert soon(lambda: not listens(first))
    assert soon(lambda: not (tmp_path / "server.json").exists())


def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as uri:
        assert uri.startswith("mongodb://127.0.0.1:")
        assert uri.endswith("/?directConnection=true")


def test_a_start_right_after_a_stop_finds_all_data(tmp_path: Path) -> None:
    for number in range(3):
        with embedded_server(tmp_path) as uri:
            add(uri, number)
            assert numbers(uri) == list(range(number + 1))


def test_users_who_come_at_the_same_time_share_one_server(tmp_path: Path) -> None:
    def come(_number: int) -> str:
        with user(tmp_path) as (_, given):
            time.sleep(0.5)
            assert listens(given)
            return given

    with embedded_server(tmp_path) as uri, ThreadPoolExecutor(3) as pool:
        assert set(pool.map(come, range(3))) == {uri}


def test_users_who_come_first_at_the_same_time_share_one_server(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool, user(tmp_path) as (_, first):
        started = [pool.submit(numbers, first) for _ in range(3)]
        with user(tmp_path) as (_, second):
            assert first == second
        assert [future.result() for future in started] == [[], [], []]


def test_a_killed_user_leaves_nothing_running_and_nothing_lost(tmp_path: Path) -> None:
    with user(tmp_path) as (process, uri):
        add(uri, *range(100))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert soon(lambda: not listens(uri))
    with embedded_server(tmp_path) as uri:
        assert numbers(uri) == list(range(100))


def test_a_killed_keeper_takes_its_server_along_and_the_next_user_finds_all_data(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as uri:
        add(uri, *range(100))
        kill_embedded(tmp_path, "keeper")
        assert soon(lambda: not embedded._keeper_runs(tmp_path))  # its server may still be closing its files
        with embedded_server(tmp_path) as again:
            assert numbers(again) == list(range(100))
            assert soon(lambda: again == uri or not listens(uri))
    assert soon(lambda: not listens(again))


def test_a_killed_server_comes_back_where_it_was_and_has_lost_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as uri:
        add(uri, *range(100))
        server = embedded_process(tmp_path, "pid")
        os.kill(server, signal.SIGKILL)
        assert soon(lambda: embedded_process(tmp_path, "pid") != server and listens(uri))
        assert numbers(uri) == list(range(100))
        with embedded_server(tmp_path) as again:
            assert again == uri


def test_a_killed_keeper_is_replaced_by_whoever_uses_its_server_on_the_same_port(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as uri:
        add(uri, *range(100))
        kill_embedded(tmp_path, "keeper")
        assert soon(lambda: not embedded._keeper_runs(tmp_path))
        embedded.revive(tmp_path)
        assert soon(lambda: (tmp_path / "server.json").exists() and listens(uri))
        assert numbers(uri) == list(range(100))


def test_what_a_killed_keeper_left_behind_is_no_server(tmp_path: Path) -> None:
    tmp_path.joinpath("server.json").write_text('{"port": 1, "pid": 1, "keeper": 1}')
    with embedded_server(tmp_path) as uri:
        assert numbers(uri) == []


def test_an_interrupt_at_the_terminal_is_not_for_the_database(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as uri:
        keeper, server = embedded_process(tmp_path, "keeper"), embedded_process(tmp_path, "pid")
        assert os.getsid(keeper) == os.getsid(server) != os.getsid(0)
        for number in (signal.SIGINT, signal.SIGHUP):
            os.kill(keeper, number)
        time.sleep(0.5)
        assert numbers(uri) == []


def test_a_server_that_cannot_start_names_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "START_SECONDS", 4.0)
    tmp_path.joinpath("files").write_text("this is no folder")
    with (
        pytest.raises(EmbeddedServerFailed, match="does not start; its log is") as caught,
        embedded_server(tmp_path),
    ):
        pytest.fail("it started")
    assert str(tmp_path / "server.log") in str(caught.value)
    assert "MONGODB_URI" in str(caught.value)
    assert "files" in (tmp_path / "server.log").read_text()

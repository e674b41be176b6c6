"""Whose MongoDB it is, and what is said when it does not answer."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.storage import connect as connecting
from crawler.storage.connect import (
    ANSWER_SECONDS,
    StorageInterrupted,
    StorageUnavailable,
    connect,
    redact,
    storage_session,
)
from crawler.storage.keeper import free_port


def session(uri: str | None = None, folder: Path | None = None) -> Settings:
    """Settings that say where articles are kept."""
    return Settings({"MONGODB_URI": uri, "MONGODB_EMBEDDED_FOLDER": str(folder)})


@contextmanager
def mute_server() -> Iterator[str]:
    """Accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def said_of(uri: str) -> tuple[str, float]:
    """What is said of a server that cannot be used, and after how many seconds."""
    started = time.monotonic()
    with pytest.raises(StorageUnavailable) as caught, storage_session(session(uri)):
        pytest.fail("it answered")
    return str(caught.value), time.monotonic() - started


def test_a_mongodb_of_ones_own_is_used(mongodb_uri: str) -> None:
    with storage_session(session(mongodb_uri)) as uri:
        assert uri == mongodb_uri


def test_without_one_the_embedded_server_runs_as_long_as_it_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mongo"
    with storage_session(session(folder=folder)) as uri, connect(uri) as client:
        client["test"]["numbers"].insert_one({"_id": 1})
        assert client.admin.command("ping")["ok"] == 1
    with storage_session(session(folder=folder)) as uri, connect(uri) as client:
        assert client["test"]["numbers"].find_one() == {"_id": 1}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StorageUnavailable, match="file"),
        storage_session(session(folder=tmp_path / "file" / "mongo")),
    ):
        pytest.fail("it started")


def test_an_error_of_the_crawl_is_not_taken_for_the_databases(mongodb_uri: str) -> None:
    with pytest.raises(BrokenPipeError), storage_session(session(mongodb_uri)):
        raise BrokenPipeError


def test_nobody_there_is_said_within_ten_seconds_without_the_password() -> None:
    port = free_port()
    said, seconds = said_of(f"mongodb://jane:s3cr%40t@127.0.0.1:{port}/news?authSource=admin")
    assert seconds < 10
    assert said.startswith(f"no MongoDB answers at mongodb://jane:***@127.0.0.1:{port}/news (nobody listens there)")
    assert "MONGODB_URI" in said
    assert "s3cr" not in said


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error is one."""
    told = SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(connecting, "sys", told)  # pytest sets that of sys anew


@pytest.mark.usefixtures("terminal")
def test_somebody_who_waits_for_nobody_is_told_at_once() -> None:
    address = f"127.0.0.1:{free_port()}"
    said, seconds = said_of(f"mongodb://{address}/")
    assert said.startswith(f"no MongoDB answers at mongodb://{address}/ (nobody listens there). Start it")
    assert seconds < ANSWER_SECONDS / 2


@pytest.mark.usefixtures("terminal")
def test_a_host_that_is_none_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_host(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
    said, seconds = said_of("mongodb://nosuch.example/")
    assert "(there is no such host). Start it" in said
    assert seconds < ANSWER_SECONDS / 2


@pytest.mark.usefixtures("terminal")
def test_somebody_who_sits_there_waits_for_a_server_that_is_slow(mongodb_uri: str) -> None:
    with storage_session(session(mongodb_uri)) as uri:
        assert uri == mongodb_uri
    with mute_server() as address:
        assert said_of(f"mongodb://{address}/?directConnection=true")[1] > ANSWER_SECONDS / 2


def test_a_server_that_says_nothing_is_named_within_ten_seconds() -> None:
    with mute_server() as address:
        said, seconds = said_of(f"mongodb://jane:s3cret@{address}/?directConnection=true")
    assert seconds < 10
    assert said.startswith(f"no MongoDB answers at mongodb://jane:***@{address}/ (")
    assert "s3cret" not in said


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://jane:s3cret@127.0.0.1:port/",
        "mongodb://jane:s3cret@",
        "mongodb://jane:a@s3cret@127.0.0.1/",
        "mongodb://jane:a/s3cret@127.0.0.1/",
        "mongodb://jane:a?s3cret@127.0.0.1/",
        "mongodb://jane:a:s3cret@127.0.0.1/",
        "mongodb://jane:s3cret%@127.0.0.1/",
        "mongodb://jane:s3cret@127.0.0.1/?s3cret",
        "http://jane:s3cret@127.0.0.1/",
        "jane:s3cret@127.0.0.1:port",
    ],
)
def test_what_is_no_uri_is_said_at_once_without_the_password(uri: str) -> None:
    said, seconds = said_of(uri)
    assert said.startswith("MONGODB_URI is not usable: ")
    assert "s3cret" not in said
    assert seconds < 5


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("mongodb://127.0.0.1:27017/?directConnection=true", "mongodb://127.0.0.1:27017/"),
        ("mongodb://jane:s3cret@a.example,b.example:27018/db?x=1", "mongodb://jane:***@a.example,b.example:27018/db"),
        ("mongodb+srv://jane:s3cret@cluster.example/db", "mongodb+srv://jane:***@cluster.example/db"),
        ("mongodb://jane@a.example/", "mongodb://jane@a.example/"),
        ("mongodb://jane@news.example:s3cret@a.example/", "mongodb://jane@news.example:***@a.example/"),
        ("jane:s3cret@a.example", "jane:***@a.example"),
        ("a.example:27017", "a.example:27017"),
        ("mongodb://:s3cret@a.example/", "mongodb://:***@a.example/"),
        ("mongodb://a.example/?authMechanismProperties=AWS_SESSION_TOKEN:s3cret", "mongodb://a.example/"),
    ],
)
def test_redacted(uri: str, shown: str) -> None:
    assert redact(uri) == shown


@given(st.text(alphabet="abc@:/?#%\n 🙂", max_size=20).map("s3cret{}s3cret".format), st.booleans())
def test_no_part_of_any_password_is_shown(password: str, escaped: bool) -> None:
    shown = redact(f"mongodb://jane:{quote_plus(password) if escaped else password}@a.example:27017/db?w=1")
    assert shown == "mongodb://jane:***@a.example:27017/db"


def test_ctrl_c_while_the_embedded_server_starts_is_told_from_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def interrupted(_: Path) -> Iterator[str]:
        raise KeyboardInterrupt
        yield ""

    monkeypatch.setattr(connecting, "embedded_server", interrupted)
    with (
        pytest.raises(StorageInterrupted, match="interrupted before anything began"),
        storage_session(session(folder=tmp_path)),
    ):
        pytest.fail("it went on")

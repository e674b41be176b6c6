"""How to reach MongoDB: whose it is, whether it answers, and a client for the crawl."""

import errno
import logging
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from pymongo import AsyncMongoClient, MongoClient, timeout
from pymongo.errors import ConfigurationError, ConnectionFailure, InvalidURI, PyMongoError
from scrapy.settings import BaseSettings

from crawler.storage.embedded import EmbeddedServerFailed, embedded_server

logging.getLogger("pymongo").setLevel(logging.INFO)
"""Scrapy's handler drops what is below ``LOG_LEVEL``; the loggers would write some seven records a command for it."""

ANSWER_SECONDS = 8.0
"""How long a server may take to answer at the start: an unreachable one is named within 10 seconds."""

AT_A_TERMINAL_SECONDS = 1.0
"""How long somebody who sits there waits for one where nobody listens. What cron, systemd or compose start may be
started along with its MongoDB, and waits for it as for any other."""

OPERATION_SECONDS = 15.0
"""Deadline of one operation of a crawl (PyMongo's ``timeoutMS`` replaces its other deadlines)."""

_NOBODY = {errno.ECONNREFUSED: "nobody listens there", socket.EAI_NONAME: "there is no such host"}
"""By the number of the error, which PyMongo tells in its message alone."""

_PASSWORD = re.compile(r"^((?:[^:/]*://)?[^:]*):(?!//).*@", re.DOTALL)
"""Up to the last ``@``: a password with an unescaped ``@`` or ``/`` makes a wrong URI, which is shown in a message."""


class StorageUnavailable(RuntimeError):
    """No database to store in; the message names the server without its password and says what to do."""


class StorageInterrupted(StorageUnavailable):
    """Ctrl-C, before it answered."""


def redact(uri: str) -> str:
    """A MongoDB URI without its password and options, fit for a log."""
    return _PASSWORD.sub(r"\1:***@", uri).partition("?")[0]


@contextmanager
def storage_session(settings: BaseSettings) -> Iterator[str]:
    """The URI of the MongoDB to use: ``MONGODB_URI``, else the embedded server's, which runs inside this context.

    Raises StorageUnavailable if it does not answer, StorageInterrupted if nobody waits for that.
    """
    with ExitStack() as stack:
        try:
            uri = settings.get("MONGODB_URI") or _embedded(stack, Path(settings["MONGODB_EMBEDDED_FOLDER"]))
            _check_answers(uri)
        except KeyboardInterrupt:  # it may take seconds, and nothing has begun that could be finished first
            raise StorageInterrupted("interrupted before anything began") from None
        yield uri


def _embedded(stack: ExitStack, folder: Path) -> str:
    try:
        return stack.enter_context(embedded_server(folder))
    except (EmbeddedServerFailed, OSError, SubprocessError) as error:
        raise StorageUnavailable(str(error)) from error


def connect(uri: str, **options: Any) -> MongoClient[dict[str, Any]]:
    """A blocking client, for commands and tests."""
    return MongoClient(uri, tz_aware=True, appname="presswalk", **options)


def connect_async(uri: str) -> AsyncMongoClient[dict[str, Any]]:
    """The client of a crawl; to be made inside the running event loop."""
    milliseconds = int(OPERATION_SECONDS * 1000)
    return AsyncMongoClient(uri, tz_aware=True, appname="presswalk", timeoutMS=milliseconds)


def _check_answers(uri: str) -> None:
    try:
        with connect(uri) as client, timeout(ANSWER_SECONDS):
            _ping(client)
    except (InvalidURI, ConfigurationError, ValueError) as error:
        raise StorageUnavailable(f"MONGODB_URI is not usable: {redact(uri)} ({_first_line(error)})") from None
    except PyMongoError as error:
        raise StorageUnavailable(
            f"no MongoDB answers at {redact(uri)} ({_why(error)}). Start it, correct MONGODB_URI, "
            "or unset MONGODB_URI to use the embedded one."
        ) from None


def _ping(client: MongoClient[dict[str, Any]]) -> None:
    if sys.stderr.isatty():
        try:
            with timeout(AT_A_TERMINAL_SECONDS):
                client.admin.command("ping")
        except ConnectionFailure:
            if _is_nobody_there(client):
                raise
        else:
            return
    client.admin.command("ping")


def _is_nobody_there(client: MongoClient[dict[str, Any]]) -> bool:
    servers = client.topology_description.server_descriptions().values()
    return all(any(f"[Errno {number}]" in str(server.error) for number in _NOBODY) for server in servers)


def _why(error: PyMongoError) -> str:
    words = (words for number, words in _NOBODY.items() if f"[Errno {number}]" in str(error))
    return next(words, type(error).__name__)


def _first_line(error: Exception) -> str:
    return redact(str(error)).splitlines()[0][:200]

"""A real WordPress for the tests: installed and seeded once, copied for every test module that wants one."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest

from .crawling import Crawler
from .install import Site, what_is_missing
from .mariadb import MariaDB, private_mariadb
from .seeded import Seeded, seed
from .server import serving


class OpenSite(Protocol):
    """Opens a site of this name with the seeded content, in a folder of its host if one is named."""

    def __call__(self, name: str, folder: str = "") -> Site: ...


OpenCrawler = Callable[[str], Crawler]


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """The private MariaDB. Skips the test where WordPress is not installed, unless it is required to be."""
    if missing := what_is_missing():
        reason = f"needs Debian's WordPress, PHP and MariaDB; not found: {', '.join(missing)}"
        if os.environ.get("PRESSWALK_REQUIRE_WORDPRESS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with private_mariadb() as database:
        yield database


@pytest.fixture(scope="session")
def seeded(mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """An installed, seeded WordPress that nobody serves."""
    return seed(mariadb, tmp_path_factory.mktemp("wordpress"))


@pytest.fixture(scope="session")
def open_site(seeded: Seeded) -> Iterator[OpenSite]:
    """Opens a site of this name with the seeded content, on a port of its own."""
    with ExitStack() as open_servers:
        yield lambda name, folder="": open_servers.enter_context(serving(seeded.copy(name, folder)))


@pytest.fixture(scope="session")
def open_crawler(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCrawler]:
    """Makes a crawler into an empty database named after the test; it is dropped at the end."""
    opened: list[Crawler] = []

    def open_one(name: str) -> Crawler:
        database = f"wordpress_test_{name}_{os.getpid()}".replace("-", "_")
        opened.append(Crawler(mongodb_uri, database, tmp_path_factory.mktemp(name)))
        return opened[-1]

    yield open_one
    for crawler in opened:
        crawler.drop()

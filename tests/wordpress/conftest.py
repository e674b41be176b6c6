"""A real WordPress for the tests: installed and seeded once, copied for every test module that wants one."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from .crawling import Crawler
from .install import Site, copy_wordpress, what_is_missing
from .mariadb import MariaDB, private_mariadb
from .server import serving, site_port

OpenSite = Callable[[str], Site]
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
def seeded(mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, bytes]:
    """An installed, seeded WordPress that nobody serves, and its database as SQL."""
    folder = tmp_path_factory.mktemp("wordpress")
    root = copy_wordpress(folder / "files")
    site = Site(root, mariadb, "seeded", site_port(), folder / "seeded")
    site.create()
    site.php("install.php")
    site.php("seed.php")
    return site, site.dump()


@pytest.fixture(scope="session")
def open_site(seeded: tuple[Site, bytes]) -> Iterator[OpenSite]:
    """Opens a site of this name with the seeded content, on a port of its own."""
    template, sql = seeded
    with ExitStack() as open_servers:

        def open_one(name: str) -> Site:
            site = Site(template.root, template.database, name, site_port(), template.state.parent / name)
            site.create()
            # All ports have five digits, so PHP's serialised values, which name their lengths, stay right.
            site.load(sql.replace(template.url.encode(), site.url.encode()))
            return open_servers.enter_context(serving(site))

        yield open_one


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

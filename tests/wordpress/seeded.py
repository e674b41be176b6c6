"""A WordPress that is installed and seeded once, and copied for everything that wants one."""

from dataclasses import dataclass
from pathlib import Path

from .install import Site, copy_wordpress
from .mariadb import MariaDB
from .server import site_port


@dataclass(frozen=True)
class Seeded:
    """A seeded site that nobody serves, and its database as SQL."""

    site: Site
    sql: bytes

    def copy(self, name: str, folder: str = "") -> Site:
        """A site of this name with the seeded content, on a port of its own; ``folder`` is its path there."""
        made = self.site
        site = Site(made.root, made.database, name, site_port(), made.state.parent / name, folder)
        site.create()
        # All ports have five digits, so PHP's serialised values, which name their lengths, stay right.
        site.load(self.sql.replace(made.url.encode(), site.url.encode()))
        return site


def seed(database: MariaDB, folder: Path) -> Seeded:
    """Install WordPress below a folder and fill it."""
    root = copy_wordpress(folder / "files")
    site = Site(root, database, "seeded", site_port(), folder / "seeded")
    site.create()
    site.php("install.php")
    site.php("seed.php")
    return Seeded(site, site.dump())

"""A private copy of Debian's WordPress, and the sites it serves: one database and one port each."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .mariadb import MariaDB
from .processes import find_program

_HERE = Path(__file__).parent
_WORDPRESS = Path("/usr/share/wordpress")
_SECONDS = 120.0

PHP = ["php", "-d", "memory_limit=256M", "-d", "opcache.enable_cli=1", "-d", "display_errors=stderr"]
_NEEDED = ("php", "mariadbd", "mariadb-install-db", "mariadb", "mariadb-admin", "mariadb-dump")
_THEMES = ("twentytwentyone", "twentytwentytwo", "twentytwentythree")


def what_is_missing() -> list[str]:
    """Programs, packages and themes that are not there; empty if the tests can run."""
    missing = [program for program in _NEEDED if not find_program(program)]
    themes = [_WORDPRESS / "wp-content/themes" / name for name in _THEMES]
    return missing + [str(path) for path in (_WORDPRESS / "wp-includes", *themes) if not path.exists()]


def copy_wordpress(root: Path) -> Path:
    """Copy WordPress, its themes and ours to ``root``, following Debian's links but not its configuration."""
    shutil.copytree(_WORDPRESS, root, ignore=shutil.ignore_patterns("wp-config.php", ".htaccess"))
    shutil.copytree(_HERE / "themes", root / "wp-content/themes", dirs_exist_ok=True)
    shutil.copyfile(_HERE / "php/wp-config.php", root / "wp-config.php")
    (root / "wp-content/mu-plugins").mkdir()
    shutil.copyfile(_HERE / "php/mu-plugin.php", root / "wp-content/mu-plugins/presswalk.php")
    return root.resolve()


@dataclass(frozen=True)
class Site:
    """One WordPress: files shared with the others, a database, a port and a state folder of its own.

    ``folder`` is its path on the host: empty, or as in ``/blog``.
    """

    root: Path
    database: MariaDB
    name: str
    port: int
    state: Path
    folder: str = ""

    @property
    def url(self) -> str:
        """Its home, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}{self.folder}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What ``wp-config.php``, the scripts and the router read."""
        return {
            "PRESSWALK_WP_ROOT": str(self.root),
            "PRESSWALK_WP_STATE": str(self.state),
            "PRESSWALK_WP_SOCKET": str(self.database.socket),
            "PRESSWALK_WP_DATABASE": self.name,
            "PRESSWALK_WP_URL": self.url,
            "PRESSWALK_WP_FOLDER": self.folder,
        }

    def php(self, script: str, arguments: Mapping[str, object] | None = None) -> Any:
        """Run one of the scripts in ``php/``; its answer. RuntimeError with what PHP complained of."""
        done = subprocess.run(
            [*PHP, str(_HERE / "php" / script)],
            input=json.dumps(arguments or {}).encode(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, **self.environment},
        )
        if done.returncode or done.stderr.strip():
            raise RuntimeError(f"{script}: {done.stderr.decode()[-2000:]}{done.stdout.decode()[-2000:]}")
        return json.loads(done.stdout)

    def change(self, **commands: list[object]) -> None:
        """Do what an administrator or editor would: see the commands of ``change.php``."""
        self.php("change.php", commands)

    @property
    def document_root(self) -> Path:
        """What the web server serves: the files of WordPress, or a folder that has them in ``folder``."""
        return self.state / "host" if self.folder else self.root

    def create(self) -> None:
        """Create the empty database, the state folder and the document root."""
        self.state.mkdir(parents=True, exist_ok=True)
        if self.folder:
            below = self.document_root / self.folder.strip("/")
            below.parent.mkdir(parents=True)
            below.symlink_to(self.root)
        self.database.run("mariadb", "-e", f"CREATE DATABASE `{self.name}` CHARACTER SET utf8mb4")

    def dump(self) -> bytes:
        """The whole database as SQL."""
        return self.database.run("mariadb-dump", "--skip-comments", self.name)

    def load(self, sql: bytes) -> None:
        """Replace the database by a dump."""
        self.database.run("mariadb", self.name, script=sql)

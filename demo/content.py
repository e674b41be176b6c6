"""The Ferrow Courier: the demo's newspaper, read from ``demo/posts/*.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from demo.model import Comment, Post, Term, User
from demo.site import DemoSite

DATED = "/%year%/%monthnum%/%day%/%postname%/"
"""WordPress's "day and name" permalinks."""
_POSTS = Path(__file__).with_name("posts")


def demo_site(permalinks: str = DATED, home_path: str = "") -> DemoSite:
    """A fresh copy of the newspaper; see DemoSite for the arguments."""
    terms = _load("terms.toml")
    site = DemoSite(
        name="The Ferrow Courier",
        description="News from the valley & the hill",
        users={row["slug"]: User(**row) for row in terms["users"]},
        categories={row["slug"]: Term(**row) for row in terms["categories"]},
        tags={row["slug"]: Term(**row) for row in terms["tags"]},
        permalinks=permalinks,
        home_path=home_path,
    )
    for path in sorted(_POSTS.glob("*.toml")):
        for row in _load(path.name).get("posts", []):
            site.add(_post(row))
    return site


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_POSTS / name).read_text("utf-8"))


def _post(row: dict[str, Any]) -> Post:
    """A post from its table; a list is a tuple there, ``modified`` is ``date`` where it was never edited."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    comments = tuple(Comment(row["id"] * 100 + n, *comment) for n, comment in enumerate(row.get("comments", []), 1))
    return Post(**{"modified": row["date"], **fields, "comments": comments, "body": row["body"].strip()})

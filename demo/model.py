"""What a WordPress database holds, as far as this site needs it: posts, terms, users, comments."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Status = Literal["publish", "future", "draft", "private"]
PostType = Literal["post", "page", "attachment"]


@dataclass(frozen=True, slots=True)
class User:
    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag; only a category has a parent (the slug of another)."""

    id: int
    slug: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    author: str
    date: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A row of ``wp_posts`` with its terms. ``author``, ``categories`` and ``tags`` are slugs; ``slug`` is not encoded.

    ``body`` is written as in WordPress's classic editor: blocks between blank lines, ``<!--nextpage-->`` between pages.
    """

    id: int
    slug: str
    title: str
    body: str
    date: datetime
    modified: datetime
    author: str = "admin"
    type: PostType = "post"
    status: Status = "publish"
    categories: tuple[str, ...] = ("uncategorized",)
    tags: tuple[str, ...] = ()
    language: str = "en-US"
    password: str | None = None
    sticky: bool = False
    image: str | None = None
    """Name of the featured image below ``wp-content/uploads``."""
    parent: int | None = None
    """Of an attachment: the post it was uploaded to."""
    old_slugs: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = field(default=())

"""The truth about the site's posts, in the terms of the articles a crawl should store."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from demo.body import body_pages, paragraphs
from demo.paths import post_path

if TYPE_CHECKING:
    from demo.model import Post
    from demo.site import DemoSite


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPost:
    """One public post. Paths are from the host's root, with the query of plain permalinks; times are UTC.

    ``previous_path`` and ``next_path`` are the neighbours in time; ``paragraphs`` is empty behind a password.
    """

    id: int
    path: str
    title: str
    published_at: datetime
    modified_at: datetime
    authors: list[str]
    categories: list[str]
    tags: list[str]
    comment_count: int
    page_count: int
    language: str
    paragraphs: list[str]
    password: bool
    previous_path: str | None
    next_path: str | None


def public_posts(site: "DemoSite") -> list[PublicPost]:
    """Every post anyone may see, newest first."""
    return [_public_post(site, post) for post in site.published()]


def _public_post(site: "DemoSite", post: "Post") -> PublicPost:
    older, newer = site.neighbours(post)
    return PublicPost(
        id=post.id,
        path=post_path(site, post),
        title=post.title,
        published_at=post.date.astimezone(UTC),
        modified_at=post.modified.astimezone(UTC),
        authors=[site.users[post.author].name],
        categories=[site.categories[slug].name for slug in post.categories],
        tags=[site.tags[slug].name for slug in post.tags],
        comment_count=len(post.comments),
        page_count=len(body_pages(post.body)),
        language=post.language,
        paragraphs=[] if post.password else paragraphs(post.body),
        password=post.password is not None,
        previous_path=post_path(site, older) if older else None,
        next_path=post_path(site, newer) if newer else None,
    )

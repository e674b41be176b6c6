"""The demo site as tests hold it: it can be changed while it is served, and it tells the truth about itself."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from demo.model import Post, Term, User
from demo.truth import PublicPost, public_posts

_NOW = datetime(2025, 12, 31, 12, tzinfo=UTC)
"""The site's clock stands still: what is dated later is scheduled."""


@dataclass(slots=True, kw_only=True)
class DemoSite:
    """One WordPress install.

    ``permalinks`` is a structure as of Settings → Permalinks, "" for plain ones; ``home_path`` the folder of the
    install, such as ``/blog``; ``posts`` holds posts, pages and attachments by id.
    """

    name: str
    description: str
    users: dict[str, User]
    categories: dict[str, Term]
    tags: dict[str, Term]
    permalinks: str
    posts: dict[int, Post] = field(default_factory=dict)
    home_path: str = ""
    posts_per_page: int = 10
    comments_per_page: int = 5
    timezone: tzinfo = timezone(timedelta(hours=-5))
    front_page: int | None = None
    """The id of the page shown at the home instead of the latest posts; the theme that is served sets it."""

    @property
    def public_posts(self) -> list[PublicPost]:
        """What a complete and correct crawl of the site finds, newest first."""
        return public_posts(self)

    def published(self) -> list[Post]:
        """The posts anyone may read, those behind a password among them, newest first."""
        shown = [post for post in self.posts.values() if post.type == "post" and self.is_public(post)]
        return sorted(shown, key=lambda post: (post.date, post.id), reverse=True)

    def is_public(self, post: Post) -> bool:
        return post.status == "publish" and post.date <= _NOW

    def neighbours(self, post: Post, *, same_category: bool = False) -> tuple[Post | None, Post | None]:
        """The previous (older) and the next (newer) post, as get_adjacent_post() finds them."""
        chain = [
            other
            for other in self.published()
            if not same_category or other.id == post.id or set(other.categories) & set(post.categories)
        ]
        place = next((index for index, other in enumerate(chain) if other.id == post.id), None)
        if place is None:
            return None, None
        older = chain[place + 1] if place + 1 < len(chain) else None
        return older, chain[place - 1] if place else None

    def edit(self, post_id: int, **changes: Any) -> Post:
        """Change fields of a post; its modified date moves by an hour unless it is among the changes."""
        post = self.posts[post_id]
        changed = replace(post, **{"modified": post.modified + timedelta(hours=1), **changes})
        self.posts[post_id] = changed
        return changed

    def reslug(self, post_id: int, slug: str) -> Post:
        """Give a post another slug; the former one redirects, as wp_check_for_changed_slugs() sees to."""
        post = self.posts[post_id]
        return self.edit(post_id, slug=slug, old_slugs=(*post.old_slugs, post.slug))

    def add(self, post: Post) -> None:
        """Publish another post; ValueError if its id is taken."""
        if post.id in self.posts:
            raise ValueError(f"there is already a post {post.id}")
        self.posts[post.id] = post

    def delete(self, post_id: int) -> None:
        """Delete a post for good: its URL answers 404."""
        del self.posts[post_id]

"""What a request turns out to ask for."""

from dataclasses import dataclass
from typing import Literal

from demo.model import Comment, Post, Term, User

ArchiveKind = Literal["home", "category", "tag", "author", "date", "search"]


@dataclass(frozen=True, slots=True)
class Single:
    """A post, page or attachment; ``page`` of a multi-page one, ``comment_page`` if asked for in the URL."""

    post: Post
    path: str
    page: int = 1
    comment_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One page of a list of posts. ``path`` is the list's first page, ``posts`` all of the list."""

    kind: ArchiveKind
    title: str
    path: str
    posts: list[Post]
    page: int = 1
    per_page: int = 10
    subject: Term | User | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.posts) // self.per_page))

    @property
    def shown(self) -> list[Post]:
        """The posts of this page; the home's first page has all sticky ones on top, other pages repeat them."""
        page = self.posts[(self.page - 1) * self.per_page : self.page * self.per_page]
        if self.kind != "home" or self.page > 1:
            return page
        return [post for post in self.posts if post.sticky] + [post for post in page if not post.sticky]


@dataclass(frozen=True, slots=True)
class NotFound:
    pass


@dataclass(frozen=True, slots=True)
class Redirect:
    """To a path of this host."""

    path: str
    status: int = 301


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS 2.0 feed of posts, or of one post's comments."""

    title: str
    posts: list[Post]
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Embed:
    """The card of a post for other sites."""

    post: Post


@dataclass(frozen=True, slots=True)
class Plain:
    """Something that is no page of a theme."""

    status: int
    content_type: str
    body: bytes


View = Single | Archive | NotFound | Redirect | Feed | Embed | Plain

"""A theme without post navigation, its dates plain text, its archives linked by "Older posts" alone."""

from typing import ClassVar

from demo.core.classes import post_class
from demo.core.content import category_links, date, excerpt
from demo.core.context import Context, attribute
from demo.core.head import Signal, shown_title
from demo.model import Post
from demo.themes.classic import Classic
from demo.themes.pieces import posts_navigation
from demo.views import Archive


class Bare(Classic):
    name: ClassVar[str] = "bare"
    signals: ClassVar[tuple[Signal, ...]] = ("canonical", "opengraph")

    def neighbours(self, context: Context, post: Post) -> str:
        return ""

    def posted_on(self, context: Context, post: Post) -> str:
        return (
            f'<span class="date"><a href="{context.month(post)}">{date(context, post.date)}</a></span> by '
            f'<a href="{context.author(post)}" rel="author">{context.author_name(post)}</a>'
        )

    def archive_item(self, context: Context, post: Post) -> str:
        return (
            f'<div class="{post_class(context, post)}"><h3><a href="{attribute(context.permalink(post))}">'
            f'{shown_title(post)}</a></h3><p class="meta">{self.posted_on(context, post)} in '
            f"{category_links(context, post)}</p><p>{excerpt(post)}</p></div>"
        )

    def pagination(self, context: Context, view: Archive) -> str:
        return posts_navigation(context, view, "Older posts", "Newer posts")

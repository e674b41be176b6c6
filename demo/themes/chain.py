"""A static front page, and archives that only introduce themselves: the posts hang together by their neighbours."""

from typing import ClassVar

from demo.core.context import Context, attribute, text
from demo.core.head import Signal, shown_title
from demo.model import Post
from demo.themes.classic import Classic
from demo.views import Archive, Single


class Chain(Classic):
    name: ClassVar[str] = "chain"
    signals: ClassVar[tuple[Signal, ...]] = ("generator", "rest", "canonical", "shortlink", "jsonld")
    front_page: ClassVar[int | None] = 4

    def aside(self, context: Context) -> str:
        return ""

    def below(self, context: Context, view: Single) -> str:
        if view.post.id == context.site.front_page:
            return self._teaser(context)
        return super().below(context, view)

    def neighbours(self, context: Context, post: Post) -> str:
        """previous_post_link() and next_post_link() in a list of the theme's own."""
        older, newer = context.site.neighbours(post)
        items = "".join(
            f'<li class="{side}">'
            f'<a href="{attribute(context.permalink(other))}" rel="{rel}">{shown_title(other)}</a></li>'
            for other, side, rel in ((older, "previous", "prev"), (newer, "next", "next"))
            if other
        )
        return f'<ul class="default-wp-page clearfix">{items}</ul>'

    def archive(self, context: Context, view: Archive) -> str:
        return (
            f'<header class="page-header">{self.archive_title(view)}</header>'
            f"<p>Here the {text(context.site.name)} collects what it has to say about {text(view.title)}.</p>"
        )

    def _teaser(self, context: Context) -> str:
        """One story on the front page, the third newest: neither end of the chain."""
        post = context.site.published()[2]
        return (
            '<section class="front-teaser"><h2>Have you read this?</h2>'
            f'<p><a href="{attribute(context.permalink(post))}">{shown_title(post)}</a></p></section>'
        )

"""In the manner of PressBook: "Posted on DATE By NAME", "No Comments on TITLE", "Previous Post" and "Next Post"."""

from typing import ClassVar

from demo.core.comments import comments_popup_link
from demo.core.content import category_links, posted_time, tag_links
from demo.core.context import Context, attribute
from demo.core.head import Signal, shown_title
from demo.model import Post
from demo.themes.classic import Classic

_HIDDEN = '<span class="screen-reader-text">{}</span>'


class PressBook(Classic):
    name: ClassVar[str] = "pressbook"
    signals: ClassVar[tuple[Signal, ...]] = ("generator", "canonical", "shortlink")

    def posted_on(self, context: Context, post: Post) -> str:
        return (
            f'<span class="posted-on"><a href="{attribute(context.permalink(post))}" rel="bookmark">'
            f"{_HIDDEN.format('Posted on ')}{posted_time(context, post)}</a></span> "
            f'<span class="posted-by byline"><a href="{context.author(post)}">{_HIDDEN.format("By ")}'
            f"{context.author_name(post)}</a></span> "
            f'<span class="comments-link">{comments_popup_link(context, post)}</span>'
        )

    def entry_footer(self, context: Context, post: Post) -> str:
        if post.type != "post":
            return ""
        tags = f'<span class="tag-links">Tags: {tag_links(context, post)}</span>' if post.tags else ""
        return f'<span class="cat-links">Categories: {category_links(context, post)}</span>{tags}'

    def neighbours(self, context: Context, post: Post) -> str:
        older, newer = context.site.neighbours(post)
        sides = (
            (older, "previous", "prev", "Previous Post"),
            (newer, "next", "next", "Next Post"),
        )
        links = "".join(
            f'<div class="nav-{side}"><a href="{attribute(context.permalink(other))}" rel="{rel}">'
            f'<span class="nav-title">{label}</span>: <span class="title">{shown_title(other)}</span></a></div>'
            for other, side, rel, label in sides
            if other
        )
        return (
            '<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post Navigation</h2>'
            f'<div class="nav-links">{links}</div></nav>'
        )

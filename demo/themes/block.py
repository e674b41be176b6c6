"""In the manner of block themes: every piece is a block, and no date is shown on a post."""

from typing import ClassVar

from demo.core.classes import post_class
from demo.core.comments import comments
from demo.core.content import category_links, content, date, datetime_attribute, excerpt, tag_links
from demo.core.context import Context, attribute, text
from demo.core.head import Signal, shown_title
from demo.core.widgets import menu
from demo.model import Post
from demo.themes.pieces import archive_page
from demo.themes.theme import PRESENT, Theme
from demo.views import Archive, Single


class Block(Theme):
    name: ClassVar[str] = "block"
    signals: ClassVar[tuple[Signal, ...]] = ("generator", "rest", "canonical", "shortlink", "opengraph")

    def frame(self, context: Context, main: str) -> str:
        return (
            f'<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title">'
            f'<a href="{context.home}" rel="home">{text(context.site.name)}</a></p><nav class="wp-block-navigation">'
            f"{menu(context, 'wp-block-navigation__container')}</nav></header>\n"
            f'<main class="wp-block-group is-layout-constrained" id="wp--skip-link--target">{main}</main>\n'
            f'<footer class="wp-block-template-part"><p class="wp-block-paragraph">{PRESENT}</p></footer></div>'
        )

    def single(self, context: Context, view: Single) -> str:
        post = view.post
        body = content(context, post, view.page).replace("<p>", '<p class="wp-block-paragraph">')
        return (
            f'<h1 class="wp-block-post-title">{shown_title(post)}</h1>{self._byline(context, post)}\n'
            f'<div class="entry-content wp-block-post-content is-layout-constrained">{body}</div>\n'
            f"{self._below(context, view)}"
        )

    def _byline(self, context: Context, post: Post) -> str:
        if post.type != "post":
            return ""
        return (
            '<div class="wp-block-group is-layout-flex"><p class="wp-block-paragraph">Written by </p>'
            f'<div class="wp-block-post-author-name"><a href="{context.author(post)}" '
            f'class="wp-block-post-author-name__link">{context.author_name(post)}</a></div>'
            '<p class="wp-block-paragraph">in</p><div class="taxonomy-category wp-block-post-terms">'
            f"{category_links(context, post, 'tag')}</div></div>"
        )

    def _below(self, context: Context, view: Single) -> str:
        post = view.post
        if post.type != "post":
            return ""
        tags = (
            f'<div class="taxonomy-post_tag wp-block-post-terms">{tag_links(context, post)}</div>' if post.tags else ""
        )
        thread = comments(context, post, view.comment_page)
        return f'{tags}{self._neighbours(context, post)}<div class="wp-block-comments">{thread}</div>'

    def _neighbours(self, context: Context, post: Post) -> str:
        """core/post-navigation-link: no ``nav-previous``, and the nav has no class of its own."""
        older, newer = context.site.neighbours(post)
        links = "".join(
            f'<div class="post-navigation-link-{side} wp-block-post-navigation-link">'
            f'<a href="{attribute(context.permalink(other))}" rel="{rel}">{shown_title(other)}</a></div>'
            for other, side, rel in ((older, "previous", "prev"), (newer, "next", "next"))
            if other
        )
        return f'<nav class="wp-block-group is-layout-flex" aria-label="Post navigation">{links}</nav>'

    def archive(self, context: Context, view: Archive) -> str:
        items = "\n".join(self.archive_item(context, post) for post in view.shown)
        title = "" if view.kind == "home" else self.archive_title(view)
        return (
            f'{title}<div class="wp-block-query is-layout-flow"><ul class="wp-block-post-template">{items}'
            f"</ul>{self.pagination(context, view)}</div>"
        )

    def archive_item(self, context: Context, post: Post) -> str:
        link = attribute(context.permalink(post))
        return (
            f'<li class="wp-block-post {post_class(context, post)}"><h2 class="wp-block-post-title">'
            f'<a href="{link}" target="_self">{shown_title(post)}</a></h2><div class="wp-block-post-excerpt">'
            f'<p class="wp-block-post-excerpt__excerpt">{excerpt(post)}</p></div><div class="wp-block-post-date">'
            f'<time datetime="{datetime_attribute(context, post.date)}">'
            f'<a href="{link}">{date(context, post.date)}</a></time></div></li>'
        )

    def pagination(self, context: Context, view: Archive) -> str:
        """core/query-pagination."""
        newer = older = ""
        if view.page > 1:
            href = archive_page(context, view, view.page - 1)
            newer = f'<a href="{href}" class="wp-block-query-pagination-previous">Previous Page</a>'
        if view.page < view.pages:
            href = archive_page(context, view, view.page + 1)
            older = f'<a href="{href}" class="wp-block-query-pagination-next">Next Page</a>'
        return f'<nav class="wp-block-query-pagination is-layout-flex">{newer}{older}</nav>' if newer or older else ""

"""In the manner of WordPress's own classic themes: microformats, post navigation, numbered pages, excerpts."""

from typing import ClassVar

from demo.core.classes import post_class
from demo.core.comments import comments
from demo.core.content import category_links, content, excerpt, posted_time, tag_links
from demo.core.context import Context, attribute
from demo.core.head import shown_title
from demo.model import Post
from demo.themes.pieces import numbered_pagination, post_navigation
from demo.themes.theme import Theme
from demo.views import Archive, Single


class Classic(Theme):
    name: ClassVar[str] = "classic"

    def single(self, context: Context, view: Single) -> str:
        post = view.post
        meta = f'<div class="entry-meta">{self.posted_on(context, post)}</div>' if post.type == "post" else ""
        return (
            f'<article id="post-{post.id}" class="{post_class(context, post)}"><header class="entry-header">'
            f'<h1 class="entry-title">{shown_title(post)}</h1>{meta}</header>\n{self.thumbnail(context, post)}'
            f'<div class="entry-content">\n{content(context, post, view.page)}\n</div>\n'
            f"{self.entry_footer(context, post)}</article>\n{self.below(context, view)}"
        )

    def below(self, context: Context, view: Single) -> str:
        """What follows a post: its neighbours and its comments."""
        if view.post.type != "post":
            return ""
        return self.neighbours(context, view.post) + comments(context, view.post, view.comment_page)

    def neighbours(self, context: Context, post: Post) -> str:
        return post_navigation(context, post)

    def posted_on(self, context: Context, post: Post) -> str:
        """Date and author, as the default themes print them."""
        return (
            f'<span class="posted-on"><a href="{attribute(context.permalink(post))}" rel="bookmark">'
            f'{posted_time(context, post)}</a></span> <span class="byline"><span class="author vcard">'
            f'<a class="url fn n" href="{context.author(post)}">{context.author_name(post)}</a></span></span>'
        )

    def thumbnail(self, context: Context, post: Post) -> str:
        if not post.image:
            return ""
        return (
            f'<div class="post-thumbnail"><img width="1200" height="800" src="{context.upload(post.image)}" alt="" '
            'class="attachment-post-thumbnail wp-post-image"></div>'
        )

    def entry_footer(self, context: Context, post: Post) -> str:
        if post.type != "post":
            return ""
        tags = f'<span class="tags-links">Tagged {tag_links(context, post)}</span>' if post.tags else ""
        categories = f'<span class="cat-links">Posted in {category_links(context, post)}</span>'
        return f'<footer class="entry-footer">{categories} {tags}</footer>'

    def archive_item(self, context: Context, post: Post) -> str:
        link = attribute(context.permalink(post))
        return (
            f'<article id="post-{post.id}" class="{post_class(context, post)}"><header class="entry-header">'
            f'<h2 class="entry-title"><a href="{link}" rel="bookmark">{shown_title(post)}</a></h2>'
            f'<div class="entry-meta">{self.posted_on(context, post)}</div></header>'
            f'<div class="entry-summary"><p>{excerpt(post)}</p></div>{self.entry_footer(context, post)}</article>'
        )

    def pagination(self, context: Context, view: Archive) -> str:
        return numbered_pagination(context, view)

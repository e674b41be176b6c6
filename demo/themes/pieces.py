"""Navigation that several families print alike."""

from demo.core.context import Context, attribute
from demo.core.head import shown_title
from demo.model import Post
from demo.paths import paged_path
from demo.views import Archive


def post_navigation(context: Context, post: Post, *, same_category: bool = False) -> str:
    """the_post_navigation(), as since WordPress 4.1."""
    older, newer = context.site.neighbours(post, same_category=same_category)
    links = [
        f'<div class="nav-{side}"><a href="{attribute(context.permalink(other))}" rel="{rel}"><span class="meta-nav">'
        f'{label}</span> <span class="post-title">{shown_title(other)}</span></a></div>'
        for other, side, rel, label in (
            (older, "previous", "prev", "Previous:"),
            (newer, "next", "next", "Next:"),
        )
        if other
    ]
    if not links:
        return ""
    return (
        '<nav class="navigation post-navigation" aria-label="Posts"><h2 class="screen-reader-text">Post navigation</h2>'
        f'<div class="nav-links">{"".join(links)}</div></nav>'
    )


def numbered_pagination(context: Context, view: Archive) -> str:
    """the_posts_pagination()."""
    if view.pages == 1:
        return ""
    numbers = [
        f'<span aria-current="page" class="page-numbers current">{n}</span>'
        if n == view.page
        else f'<a class="page-numbers" href="{archive_page(context, view, n)}">{n}</a>'
        for n in range(1, view.pages + 1)
    ]
    if view.page > 1:
        numbers.insert(0, f'<a class="prev page-numbers" href="{archive_page(context, view, view.page - 1)}">Newer</a>')
    if view.page < view.pages:
        numbers.append(f'<a class="next page-numbers" href="{archive_page(context, view, view.page + 1)}">Older</a>')
    return (
        '<nav class="navigation pagination" aria-label="Posts pagination">'
        f'<h2 class="screen-reader-text">Posts pagination</h2><div class="nav-links">{" ".join(numbers)}</div></nav>'
    )


def posts_navigation(context: Context, view: Archive, older: str, newer: str) -> str:
    """the_posts_navigation(): "previous" is the page with older posts."""
    links = []
    if view.page < view.pages:
        links.append(
            f'<div class="nav-previous"><a href="{archive_page(context, view, view.page + 1)}">{older}</a></div>'
        )
    if view.page > 1:
        links.append(f'<div class="nav-next"><a href="{archive_page(context, view, view.page - 1)}">{newer}</a></div>')
    return (
        f'<nav class="navigation posts-navigation"><div class="nav-links">{"".join(links)}</div></nav>' if links else ""
    )


def archive_page(context: Context, view: Archive, number: int) -> str:
    """The URL of a page of the archive, for an attribute."""
    return attribute(context.url(paged_path(context.site, view.path, number)))

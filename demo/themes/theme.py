"""A theme: from a context to a page. Families override the pieces in which they differ."""

from typing import ClassVar

from demo.core.classes import body_class
from demo.core.context import Context, text
from demo.core.head import Signal, head
from demo.core.widgets import menu, sidebar
from demo.model import Post
from demo.views import Archive, Single

PRESENT = "&copy; 2025"


class Theme:
    """The frame that all themes share: head, header, main, sidebar, footer."""

    name: ClassVar[str]
    signals: ClassVar[tuple[Signal, ...]] = ("generator", "rest", "canonical", "shortlink")
    front_page: ClassVar[int | None] = None
    """The page that a site with this theme shows at its home instead of its latest posts."""

    def page(self, context: Context) -> str:
        """The whole page for a view."""
        language = context.view.post.language if isinstance(context.view, Single) else "en-US"
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n{head(context, self.name, self.signals)}\n'
            f'<body class="{body_class(context)}">\n{self.frame(context, self.main(context))}\n</body>\n</html>\n'
        )

    def main(self, context: Context) -> str:
        """What the main area shows for the view."""
        view = context.view
        if isinstance(view, Archive):
            return self.archive(context, view)
        if isinstance(view, Single):
            return self.single(context, view)
        return self.not_found(context)

    def frame(self, context: Context, main: str) -> str:
        """Everything around the main area."""
        return (
            f'<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>\n'
            f'<header id="masthead" class="site-header"><p class="site-title"><a href="{context.home}" rel="home">'
            f'{text(context.site.name)}</a></p><p class="site-description">{text(context.site.description)}</p>'
            f'<nav id="site-navigation" class="main-navigation">{menu(context)}</nav></header>\n'
            f'<div id="content" class="site-content"><main id="primary" class="site-main">\n{main}\n</main>\n'
            f"{self.aside(context)}</div>\n{self.footer(context)}</div>"
        )

    def aside(self, context: Context) -> str:
        return sidebar(context)

    def footer(self, context: Context) -> str:
        return (
            f'<footer id="colophon" class="site-footer"><div class="site-info">{PRESENT} {text(context.site.name)}. '
            "Printed on the hill since 1911.</div></footer>"
        )

    def single(self, context: Context, view: Single) -> str:
        raise NotImplementedError

    def archive(self, context: Context, view: Archive) -> str:
        """A list: its title, its posts, its pagination."""
        title = "" if view.kind == "home" else f'<header class="page-header">{self.archive_title(view)}</header>'
        items = "\n".join(self.archive_item(context, post) for post in view.shown)
        return f"{title}\n{items}\n{self.pagination(context, view)}"

    def archive_title(self, view: Archive) -> str:
        """The heading of an archive, as the_archive_title() prints it."""
        prefix = {
            "category": "Category: ",
            "tag": "Tag: ",
            "author": "Author: ",
            "search": "Search Results for: ",
        }
        return f'<h1 class="page-title">{prefix.get(view.kind, "")}<span>{text(view.title)}</span></h1>'

    def archive_item(self, context: Context, post: Post) -> str:
        raise NotImplementedError

    def pagination(self, context: Context, view: Archive) -> str:
        raise NotImplementedError

    def not_found(self, context: Context) -> str:
        return (
            '<section class="error-404 not-found"><h1 class="page-title">That page can&rsquo;t be found.</h1>'
            f'<p>Try the search, or go <a href="{context.home}">home</a>.</p></section>'
        )

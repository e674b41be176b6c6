"""A theme whose archives have a button that fetches more by script; the numbered pages behind it work all the same."""

from typing import ClassVar

from demo.core.context import Context
from demo.themes.classic import Classic
from demo.themes.pieces import archive_page
from demo.views import Archive


class LoadMore(Classic):
    name: ClassVar[str] = "loadmore"

    def pagination(self, context: Context, view: Archive) -> str:
        if view.page >= view.pages:
            return ""
        following = archive_page(context, view, view.page + 1)
        return (
            f'<div class="load-more-wrap"><button class="load-more" data-current-page="{view.page}" '
            f'data-max-pages="{view.pages}" data-next-url="{following}">Load more</button></div>'
        )

"""A theme that links a post to its neighbours of the same category only (in_same_term)."""

from typing import ClassVar

from demo.core.context import Context
from demo.model import Post
from demo.themes.classic import Classic
from demo.themes.pieces import post_navigation


class InCategory(Classic):
    name: ClassVar[str] = "incategory"

    def neighbours(self, context: Context, post: Post) -> str:
        return post_navigation(context, post, same_category=True)

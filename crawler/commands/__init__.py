"""Commands of ``scrapy`` that this project adds or changes, one per file."""

from collections.abc import Sequence
from importlib.util import find_spec


def module_of(words: Sequence[str]) -> str:
    """``COMMANDS_MODULE`` for a command line: the one file that it needs; all, if it names no command of ours.

    Scrapy imports every command to find one, and most of them need what a crawl does not: tables, charts, Markdown.
    """
    named = next((word for word in words[1:] if not word.startswith("-")), "")  # as Scrapy finds it
    is_ours = named.isidentifier() and find_spec(f"{__name__}.{named}") is not None
    return f"{__name__}.{named}" if is_ours else __name__

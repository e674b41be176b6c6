"""The costs as a Markdown table, line by line: a run takes long."""

from benchmarks.routes.targets import Cost

_HEAD = ("requests", "at most", "received", "CPU", "time", "articles")


def head(posts: int) -> str:
    """The first two lines of the table of a site with so many posts."""
    return f"| {posts:,} posts | {' | '.join(_HEAD)} |\n|---|{'--:|' * len(_HEAD)}"


def row(cost: Cost) -> str:
    """The line of a crawl."""
    target = "" if cost.most is None else f"{int(cost.most)}"
    cells = (
        f"{cost.requests:,}",
        target,
        _size(cost.size),
        f"{cost.cpu:.1f} s",
        f"{cost.wall:.1f} s",
        f"{cost.found:,}",
    )
    return f"| {cost.what} | {' | '.join(cells)} |"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} KB"

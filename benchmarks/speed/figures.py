"""What the costs of a run come to: figures that do not depend on how fast the machine is, and those that do. Pure."""

from collections.abc import Sequence

from benchmarks.speed.crawls import Cost

TARGETS = {"html_to_floor": 3.0, "start_to_scrapys": 1.2}
"""At most."""
TARGET_REST = 500.0
"""Articles per CPU second, at least."""


def figures(costs: Sequence[Cost], start: float) -> dict[str, float]:
    """By name, of the crawls (a) to (e); ``start``: CPU seconds that Scrapy itself takes to start."""
    floor, read, html, rest, again = costs
    return {
        "read_to_floor": read.milliseconds / floor.milliseconds,
        "html_to_floor": html.milliseconds / floor.milliseconds,
        "rest_to_floor": rest.milliseconds / floor.milliseconds,
        "html_to_read": html.milliseconds / read.milliseconds,
        "start_to_scrapys": min(cost.starting for cost in (html, rest, again)) / start,
        "html_commands": commands(html),
        "rest_commands": commands(rest),
        "again_commands": float(sum(again.commands.values())),
        "html_growth": html.growth,
        "html_megabytes": html.peak / 1e6,
        "rest_megabytes": rest.peak / 1e6,
        "rest_per_second": 1000 / rest.milliseconds,
    }


def commands(cost: Cost) -> float:
    """Sent to the database for each post."""
    return sum(cost.commands.values()) / cost.posts


def missed(found: dict[str, float]) -> list[str]:
    """One line for each target that is missed."""
    lines = [
        f"{name} is {found[name]:.2f}, the target is {most}" for name, most in TARGETS.items() if found[name] > most
    ]
    if found["rest_per_second"] < TARGET_REST:
        lines.append(f"rest_per_second is {found['rest_per_second']:.0f}, the target is {TARGET_REST:.0f}")
    return lines


def table(costs: Sequence[Cost]) -> list[str]:
    """One line for each crawl."""
    floor = costs[0].milliseconds
    head = f"{'':22}{'ms/post':>9}{'of (a)':>8}{'posts/s':>9}{'peak':>9}{'commands':>10}"
    rows = (
        f"{cost.what:22}{cost.milliseconds:9.2f}{cost.milliseconds / floor:8.2f}{1000 / cost.milliseconds:9.0f}"
        f"{cost.peak / 1e6:6.0f} MB{sum(cost.commands.values()):10}"
        for cost in costs
    )
    return [head, *rows]

"""How many posts of a site are still to come, as far as its routes tell. Pure."""

from typing import NamedTuple

from crawler.routes.ladder import Route, State
from crawler.spiders.progress import SiteProgress


class Outlook(NamedTuple):
    """Of one site, now."""

    posts: int
    """That the site has, or that were named so far."""
    left: int | None
    """Of them neither read nor known to be stored as they are; None where nobody knows how many there will be."""


def outlook(progress: SiteProgress, total: int | None) -> Outlook:
    """``total``: what the REST API says that there are, where it is the route."""
    named = {route: len(met) for route, met in progress.tally.named.items()}
    unnamed = max(0, total - named.get(Route.REST, 0)) if total is not None and not _has_broken_off(progress) else None
    posts = max([*named.values(), progress.found, *([total] if unnamed is not None and total else [])])
    if unnamed is None:
        unnamed = None if progress.is_walking or progress.follows_archives else 0
    left = None if unnamed is None else unnamed + progress.tally.open
    if progress.limit is not None:
        wanted = max(0, progress.limit - progress.found)
        left = wanted if left is None else min(left, wanted)
    return Outlook(posts, left)


def _has_broken_off(progress: SiteProgress) -> bool:
    return any(one.route is Route.REST and one.state is not State.COMPLETE for one in progress.walked)

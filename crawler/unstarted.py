"""Why a site could not be crawled at all, for people: what is the matter, and what can be done. Pure."""

import re
from collections.abc import Mapping

_LATER = "if it was right before, the next crawl tries again"
_ASK = "do not try to get round it: ask the site, and say with CONTACT who you are"

_WORDS: Mapping[str, tuple[str, str]] = {
    "dns": ("there is no host of this name", "correct the address, or see whether this machine reaches the network"),
    "connection_refused": ("nobody listens there", f"correct the address (host, port, http or https); {_LATER}"),
    "connection_lost": ("the connection broke off", f"correct the address (http or https, port); {_LATER}"),
    "timeout": ("it did not answer in time", f"try again later, or with a longer -s DOWNLOAD_TIMEOUT=180; {_LATER}"),
    "robots": ("its robots.txt forbids it", _ASK),
    "challenge": ("it answers with a wall against crawlers", _ASK),
    "address": ("it leads to an address that is not public", "if that is meant, name the host in NAMED_HOSTS"),
    "redirect_loop": ("it redirects in a circle", "open it in a browser, and give the address where that ends"),
    "too_large": ("its page is larger than DOWNLOAD_MAXSIZE", "give the address of a smaller page of the site"),
    "not_wordpress": ("it is not a WordPress site", "give the address of the WordPress, which may lie in a folder"),
    "http_401": ("it wants a login", "HTTPAUTH_USER, HTTPAUTH_PASS and HTTPAUTH_DOMAIN give it one"),
    "http_403": ("it refuses crawlers", _ASK),
    "http_404": ("there is no such page", "correct the address"),
    "http_410": ("there is no such page any more", "correct the address"),
    "http_429": ("it is asked too much", "leave it alone for some hours, and raise DOWNLOAD_DELAY"),
}
"""By reason (``failures.failure_of``): what is the matter, what to do."""

_TROUBLE = re.compile(r"(robots_)?http_5\d\d")


def explained(reason: str) -> tuple[str, str] | None:
    """What is the matter with a site, and what to do; None for reasons of which no more can be said."""
    if trouble := _TROUBLE.fullmatch(reason):
        of_robots = "its robots.txt answers with an error, which forbids all"
        return of_robots if trouble[1] else "it answers with an error", "the site is in trouble: try again later"
    return _WORDS.get(reason)


def sentence(reason: str, otherwise: str) -> str:
    """Both, and the reason as it is counted; ``otherwise``: what to say of a reason that is not known."""
    told = explained(reason)
    return f"{told[0]} ({reason}): {told[1]}" if told else f"{reason} ({otherwise})"

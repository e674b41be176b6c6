"""What a page reserves: not to be indexed, kept, used for training or mined. Recorded, so that users can keep to it.

From robots meta tags and ``X-Robots-Tag``, for all or for one agent, and from the TDM Reservation Protocol (W3C
Community Group report of 2024): ``tdm-reservation`` and ``tdm-policy`` as meta tags or headers.
"""

import re
from collections.abc import Iterator

from crawler.reading.head import metas
from crawler.reading.page import Page, per_page
from crawler.urls import is_web_url

_DIRECTIVES = {
    "noindex": "noindex",
    "none": "noindex",
    "noarchive": "noarchive",
    "nocache": "noarchive",
    "noai": "noai",
    "noimageai": "noimageai",
}
"""As they are written -> as they are kept: ``none`` is noindex and nofollow, ``nocache`` is Bing's noarchive."""

_AGENT = re.compile(r"[a-z][\w.-]{0,39}", re.ASCII)
_AGENT_META = re.compile(r"bot|gpt|crawler|spider|slurp|-extended|claude|anthropic|presswalk", re.IGNORECASE)
"""Names of meta tags that are agents; other names (``keywords``) may have such words in other senses."""

_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""Directives of ``X-Robots-Tag`` with a colon, which are no agents."""

_LONGEST = 2_000
"""Characters of a policy's URL."""

MOST = 50
"""So many are kept of one page."""


@per_page
def reservations(page: Page) -> list[str]:
    """``noindex``, ``noarchive``, ``noai``, ``noimageai``, each with its agent if it is for one (``gptbot: noai``).

    Then ``tdm-reservation`` and ``tdm-policy: URL``.
    """
    found = [*_of_metas(page), *_of_header(page.headers.get("x-robots-tag", "")), *_of_tdm(page)]
    return list(dict.fromkeys(found))[:MOST]


def _of_metas(page: Page) -> Iterator[str]:
    for name, contents in metas(page).items():
        is_agent = bool(name != "robots" and _AGENT_META.search(name) and _AGENT.fullmatch(name))
        if name == "robots" or is_agent:
            agent = f"{name}: " if is_agent else ""
            for word in re.split(r"[\s,]+", ",".join(contents).lower()):
                if word in _DIRECTIVES:
                    yield agent + _DIRECTIVES[word]


def _of_header(header: str) -> Iterator[str]:
    """An agent is named before the first of its directives, and holds up to the next one: ``gptbot: noai, noindex``."""
    agent = ""
    for part in header.lower().split(","):
        name, colon, rest = part.strip().partition(":")
        if colon and name not in _WITH_VALUE and _AGENT.fullmatch(name):
            agent = "" if name == "*" else f"{name}: "
        word = (rest if colon else name).strip()
        if word in _DIRECTIVES:
            yield agent + _DIRECTIVES[word]


def _of_tdm(page: Page) -> Iterator[str]:
    told = metas(page)
    if page.headers.get("tdm-reservation", "").strip() == "1" or "1" in told.get("tdm-reservation", ()):
        yield "tdm-reservation"
    policies = [page.headers.get("tdm-policy", "").strip(), *told.get("tdm-policy", ())]
    yield from (f"tdm-policy: {policy}" for policy in policies if len(policy) <= _LONGEST and is_web_url(policy))

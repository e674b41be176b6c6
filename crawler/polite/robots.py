"""What a host's answer for its robots.txt allows, as RFC 9309 has it."""

import re
from datetime import datetime, timedelta

from crawler.site_record import Robots

MAX_AGE = timedelta(hours=24)
"""How long a robots.txt may be believed (2.4)."""

ASK_AGAIN = timedelta(hours=1)
"""How long one that could not be had is not asked for again in the same run."""

LAST_RESORT = timedelta(days=30)
"""How long while the host cannot tell its present one (2.3.1.4 and 2.4)."""

MOST_BYTES = 512 * 1024
"""So much of it is read: at least 500 KiB have to be (2.5)."""

MOST_REDIRECTS = 5
"""So many are followed, to other hosts, too; one that is still not reached counts as not there (2.3.1.2)."""

ANYBODY = "*"
_GROUP = re.compile(r"^[ \t]*user-?agent[ \t]*:[ \t]*([\w-]+)[ \t]*(?:#|\r?$)", re.IGNORECASE | re.MULTILINE)


def names_in(text: str) -> frozenset[str]:
    """The product tokens, in lower case, that have a group of their own in a robots.txt."""
    return frozenset(name.lower() for name in _GROUP.findall(text))


def rules_of(answer: Robots) -> bytes:
    """The robots.txt to obey: one that is not there forbids nothing (2.3.1.3)."""
    return answer.text.encode() if answer.status < 300 else b""


def is_unreachable(status: int) -> bool:
    """Whether a host is in trouble, and so forbids all (2.3.1.4)."""
    return status >= 500


def is_believed(answer: Robots, now: datetime) -> bool:
    """Whether what a host answered need not be asked again."""
    return now - answer.fetched_at < MAX_AGE


def is_last_resort(answer: Robots, now: datetime) -> bool:
    """Whether what a host answered is obeyed if it cannot be asked again."""
    return now - answer.fetched_at < LAST_RESORT

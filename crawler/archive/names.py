"""How WARC files are called. Pure.

After the ISO 28500 annex "Naming": what wrote it, when, its number, where; with the run, so that processes that write
side by side never meet. Nothing that a site says is part of a path.
"""

import re
from datetime import datetime

OPEN = ".open"
"""After the name while it is written."""

SUFFIXES = (".warc.gz", ".warc", f".warc.gz{OPEN}", f".warc{OPEN}")
"""Names of files that are read, those that a killed run left included."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9-]+")


def warc_name(began: datetime, machine: str, run: str, serial: int) -> str:
    """``presswalk-20251203180000-crawler1-692f0a3c5d1e8b7a4c2f9e01-00000.warc.gz``."""
    host = _NOT_PLAIN.sub("-", machine.partition(".")[0]).strip("-")[:40] or "machine"
    return f"presswalk-{began:%Y%m%d%H%M%S}-{host}-{_NOT_PLAIN.sub('', run)}-{serial:05}.warc.gz"

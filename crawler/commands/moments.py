"""Moments as people give them on the command line."""

import argparse
import re
from datetime import UTC, datetime, timedelta

_AGO = re.compile(r"(?P<count>\d{1,6})(?P<unit>[mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(text: str) -> datetime:
    """``2025-03-01``, ``2025-03-01T08:30``, with a zone or in UTC; or so long ago: ``90m``, ``12h``, ``7d``, ``4w``.

    Raises ArgumentTypeError, which argparse prints.
    """
    try:
        if ago := _AGO.fullmatch(text.strip().lower()):
            return datetime.now(UTC) - timedelta(**{_UNITS[ago["unit"]]: int(ago["count"])})
        told = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no date: give 2025-03-01, 2025-03-01T08:30, 12h or 7d") from None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)

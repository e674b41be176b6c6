"""Numbers among the settings, with an error that names the setting: Scrapy's own tells only the value."""

from math import isfinite

from scrapy.settings import BaseSettings

_WHOLE = (
    "CLOSESPIDER_ERRORCOUNT", "CLOSESPIDER_ITEMCOUNT", "CLOSESPIDER_PAGECOUNT", "CLOSESPIDER_PAGECOUNT_NO_ITEM",
    "CLOSESPIDER_TIMEOUT_NO_ITEM", "CONCURRENT_ITEMS", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_MAXSIZE", "LISTEN_SITES", "MEMUSAGE_LIMIT_MB", "MEMUSAGE_WARNING_MB", "REDIRECT_MAX_TIMES",
    "RETRY_TIMES", "STORE_BATCH_SIZE", "TRAP_PAGES",
)  # fmt: skip
_REAL = (
    "AUTOTHROTTLE_MAX_DELAY", "AUTOTHROTTLE_START_DELAY", "AUTOTHROTTLE_TARGET_CONCURRENCY", "BACKOFF_SECONDS",
    "CLOSESPIDER_TIMEOUT", "CRAWL_DELAY_MAX", "DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "LEASE_SECONDS",
    "LISTEN_POLL_SECONDS", "LISTEN_REFRESH_SECONDS", "OUTAGE_SECONDS", "PAUSE_MAX_SECONDS", "SPILL_MAX_MB",
    "STORE_BATCH_SECONDS", "WORK_SLICE_SECONDS", "WORK_STOP_SECONDS",
)  # fmt: skip
_ONE_OR_MORE = ("CONCURRENT_ITEMS", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN")
"""With none at once a crawl would wait for ever."""

_OF_A_SLOT = frozenset({"concurrency", "delay", "jitter"})


def check_numbers(settings: BaseSettings) -> None:
    """Those of Scrapy and of ours that nothing else looks at before a crawl is under way. Raises ValueError."""
    told = {name: whole_number(settings, name) for name in _WHOLE} | {name: number(settings, name) for name in _REAL}
    for name, value in told.items():
        least = int(name in _ONE_OR_MORE)
        if not isfinite(value) or value < least:
            raise ValueError(f"{name} is {settings[name]!r}; it is {least} or more")


def check_slots(settings: BaseSettings) -> None:
    """``DOWNLOAD_SLOTS``, a table of numbers for each host. Raises ValueError."""
    for host, pace in settings.getdict("DOWNLOAD_SLOTS").items():
        if not (isinstance(pace, dict) and pace.keys() <= _OF_A_SLOT and all(map(_may_be, pace.items()))):
            form = '{"news.example": {"delay": 2, "concurrency": 1}}'
            raise ValueError(
                f"DOWNLOAD_SLOTS has {pace!r} for {host!r}; it is JSON like {form}: seconds, and how many at once"
            )


def _may_be(told: tuple[str, object]) -> bool:
    name, value = told
    return isinstance(value, int | float) and isfinite(value) and value >= int(name == "concurrency")


def whole_number(settings: BaseSettings, name: str, default: int = 0) -> int:
    """The value of a setting that is a whole number. Raises ValueError."""
    try:
        return settings.getint(name, default)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {settings[name]!r}; it is a whole number") from None


def number(settings: BaseSettings, name: str) -> float:
    """The value of a setting that is a number. Raises ValueError."""
    try:
        return settings.getfloat(name)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {settings[name]!r}; it is a number") from None

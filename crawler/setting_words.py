"""Settings that are one of a few words, and names of settings that look misspelt. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

from crawler import settings as ours
from crawler.nearest import did_you_mean

_WORDS = {
    "DUPLICATES": ("mark", "drop"),
    "LOG_AS": ("text", "json"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "NOTSET"),
}

_OF_PUSH = (
    "DEBOUNCE_SECONDS", "HOST", "HOSTS", "PATH_SECRET", "PORT", "TRUSTED_PROXIES", "URL", "WEBHOOK_SECRETS",
)  # fmt: skip
_WITHOUT_DEFAULT = ("METRICS_SECONDS", "MONGODB_EMBEDDED_SHOWN", *(f"PUSH_{name}" for name in _OF_PUSH))
"""Ours of which ``crawler.settings`` has none: their options have it, or nobody tells them."""

_ALIKE = 0.8
"""Settings of other components than ours and Scrapy's are less like ours than that."""


_NOT_IN_NAMES = r"""/ \ . " $ * < > : | ?"""
_DATABASE_NAME = re.compile(r"""[^\s/\\."$*<>:|?\0]+""")
_LONGEST_NAME = 63


def _with_defaults() -> Mapping[str, Any]:
    return vars(default_settings) | vars(ours)


def word_of(settings: BaseSettings, name: str) -> str:
    """What a setting with a few words says. Raises ValueError."""
    words = _WORDS[name]
    if (told := str(settings[name])) not in words and not isinstance(settings[name], int):
        near = did_you_mean(told, words) or did_you_mean(told.swapcase(), words)
        raise ValueError(f"{name} is {told!r}; it is {', '.join(words[:-1])} or {words[-1]}{near}")
    return told


def check_words(settings: BaseSettings) -> None:
    """Settings with a few words, and those that are on or off. Raises ValueError."""
    for name in _WORDS:
        word_of(settings, name)
    for name in (name for name, default in _with_defaults().items() if name.isupper() and isinstance(default, bool)):
        try:
            settings.getbool(name)
        except ValueError:
            raise ValueError(f"{name} is {settings[name]!r}; it is 1 (on) or 0 (off)") from None


def check_database_name(settings: BaseSettings) -> None:
    """What MongoDB takes for the name of a database, here and on Windows. Raises ValueError."""
    name = str(settings["MONGODB_DATABASE"])
    if not _DATABASE_NAME.fullmatch(name) or len(name.encode()) > _LONGEST_NAME:
        raise ValueError(f"MONGODB_DATABASE is {name!r}; it has up to 63 bytes, no spaces, and none of {_NOT_IN_NAMES}")


def misspelt(settings: BaseSettings) -> Iterator[str]:
    """Of each name on the command line (``-s``) that is none, and much like one of Scrapy's or ours: what to say."""
    known = {*filter(str.isupper, _with_defaults()), *_WITHOUT_DEFAULT}
    told = (str(name) for name in settings if settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"])
    for name in told:
        if name not in known and (near := did_you_mean(name.upper(), known, alike=_ALIKE)):
            yield f"-s {name}=… is no setting, and does nothing{near}"


def names_of_ours() -> list[str]:
    """Settings of ``crawler.settings`` and of the receiver, without the tables of components."""
    given = {name for name, value in vars(ours).items() if name.isupper() and not isinstance(value, dict)}
    return sorted(given | {f"PUSH_{name}" for name in _OF_PUSH})

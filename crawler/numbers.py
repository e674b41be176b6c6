"""Numbers among the settings, with an error that names the setting: Scrapy's own tells only the value."""

from scrapy.settings import BaseSettings


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

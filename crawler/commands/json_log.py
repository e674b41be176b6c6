"""The log as JSON lines, from the first line on: Scrapy's own handler is made anew in the middle of a start."""

import logging

from scrapy.settings import Settings

from crawler.log_lines import JsonLines


def log_as(settings: Settings) -> None:
    """Do what ``LOG_AS`` says. Raises ValueError."""
    name = settings["LOG_AS"]
    if name not in ("text", "json"):
        raise ValueError(f"LOG_AS is text or json, not {name!r}")
    if name == "json":
        settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
        logging.root.setLevel(logging.NOTSET)
        logging.root.addHandler(_handler(settings))


def _handler(settings: Settings) -> logging.Handler:
    """To where Scrapy's would write."""
    handler: logging.Handler = logging.NullHandler()
    if file := settings.get("LOG_FILE"):
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        handler = logging.FileHandler(file, mode=mode, encoding=settings.get("LOG_ENCODING"))
    elif settings.getbool("LOG_ENABLED"):
        handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    handler.setLevel(settings.get("LOG_LEVEL"))
    return handler

"""The log as JSON lines, from the first line on: Scrapy's own handler is made anew in the middle of a start."""

import logging
from collections.abc import Sequence

from scrapy.settings import Settings

from crawler.log_lines import JsonLines

_ABOUT_SCRAPY = ("scrapy.utils.log", "scrapy.addons", "scrapy.crawler", "scrapy.middleware")
"""Loggers that say at every start which components Scrapy is made of: shown with ``-L DEBUG``."""


def _is_told(record: logging.LogRecord) -> bool:
    """Warnings, and that an interrupt was understood."""
    return record.levelno > logging.INFO or str(record.msg).startswith("Received ")


def set_up_log(settings: Settings, also: Sequence[str] = ()) -> None:
    """The log of a command that runs spiders, without what Scrapy, and the loggers ``also``, say of themselves."""
    log_as(settings)
    if settings["LOG_LEVEL"] != "DEBUG":
        for name in (
            *_ABOUT_SCRAPY,
            *also,
        ):  # by a filter: Scrapy resets the levels of its loggers when it sets up logging
            logging.getLogger(name).addFilter(_is_told)


def log_as(settings: Settings) -> None:
    """Do what ``LOG_AS`` says: ``text`` or ``json``."""
    if settings["LOG_AS"] == "json":
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

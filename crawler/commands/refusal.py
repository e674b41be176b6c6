"""How a command says why it does not begin: it was told something wrong, or has no database."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from scrapy.settings import BaseSettings

from crawler.exit_status import ExitStatus
from crawler.setting_words import misspelt
from crawler.storage.connect import StorageInterrupted, StorageUnavailable

logger = logging.getLogger(__name__)


def refuse(command: str, why: str) -> NoReturn:
    """Say why on standard error, and exit with 2.

    Not by a UsageError: argparse would say first how Scrapy's command is used, and then why it is refused.
    """
    sys.stderr.write(f"scrapy {command}: {why}\n")
    raise SystemExit(ExitStatus.USAGE)


@contextmanager
def refusing(command: str) -> Iterator[None]:
    """Refuse what raises ValueError."""
    try:
        yield
    except ValueError as error:
        refuse(command, str(error))


def no_storage(command: str, error: StorageUnavailable) -> ExitStatus:
    """Say on standard error why there is no database; the status that the command exits with."""
    sys.stderr.write(f"scrapy {command}: {error}\n")
    return ExitStatus.INTERRUPTED if isinstance(error, StorageInterrupted) else ExitStatus.STORAGE_FAILED


def warn_of_misspelt(settings: BaseSettings) -> None:
    """Whoever writes ``-s DUPLICATE=drop`` is told; a setting of somebody else's component is let be."""
    for what in misspelt(settings):
        logger.warning("%s", what)

"""The settings of the archive, checked before a crawl begins."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scrapy.settings import BaseSettings

from crawler.numbers import number


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """Where WARC files are written, and how large one grows before the next is begun."""

    folder: Path
    most_bytes: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Self | None:
        """None where nothing is archived. Raises ValueError, in words, for what cannot be meant."""
        if not (told := settings.get("WARC_DIR")):
            return None
        size = number(settings, "WARC_MAX_MB")
        if not 1 <= size <= 1_000_000:
            raise ValueError(f"WARC_MAX_MB={size:g}: megabytes of one file, 1 to 1,000,000")
        return cls(Path(told), int(size * 1_000_000))

    def prepare(self) -> None:
        """Make the folder. Raises ValueError if nothing can be written there."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"WARC_DIR={self.folder} cannot be made: {error.strerror or error}") from None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise ValueError(f"WARC_DIR={self.folder}: nothing can be written there")

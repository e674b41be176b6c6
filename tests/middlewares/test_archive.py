"""``WARC_DIR`` before and while something is archived; whole crawls are in tests/reread."""

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.archive.options import ArchiveOptions
from crawler.middlewares.archive import Archive


def test_without_a_folder_there_is_no_archive_and_no_warcio() -> None:
    with pytest.raises(NotConfigured):
        Archive(get_crawler(settings_dict={"WARC_DIR": None}))
    modules = "crawler.commands.crawl, crawler.commands.reread, crawler.middlewares.archive"
    told = f"import sys, {modules}; print('warcio' in sys.modules)"
    process = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert process.stdout == "False\n"


@pytest.mark.parametrize("size", ["0", "-1", "1e9"])
def test_a_size_that_cannot_be_meant_is_said(size: str) -> None:
    with pytest.raises(ValueError, match="WARC_MAX_MB"):
        ArchiveOptions.of(Settings({"WARC_DIR": "archive", "WARC_MAX_MB": size}))


def test_a_folder_that_cannot_be_made_is_said_before_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = ArchiveOptions.of(Settings({"WARC_DIR": str(tmp_path / "file" / "archive"), "WARC_MAX_MB": 10}))
    assert options
    with pytest.raises(ValueError, match="cannot be made: Not a directory"):
        options.prepare()

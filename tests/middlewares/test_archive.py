"""``WARC_DIR`` before and while something is archived; whole crawls are in tests/reread."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.archive.options import ArchiveOptions
from crawler.extensions.run_record import run_ending
from crawler.middlewares.archive import Archive
from crawler.middlewares.browser import IN_BROWSER
from crawler.stats import counts


def test_without_a_folder_there_is_no_archive_and_no_warcio() -> None:
    with pytest.raises(NotConfigured):
        Archive(get_crawler(settings_dict={"WARC_DIR": None}))
    modules = "crawler.commands.crawl, crawler.commands.reread, crawler.middlewares.archive"
    told = f"import sys, {modules}; print('warcio' in sys.modules)"
    process = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert process.stdout == "False\n"


@pytest.mark.parametrize("size", ["0", "-1", "1e9", "nan", "many"])
def test_a_size_that_cannot_be_meant_is_said(size: str) -> None:
    with pytest.raises(ValueError, match="WARC_MAX_MB"):
        ArchiveOptions.of(Settings({"WARC_DIR": "archive", "WARC_MAX_MB": size}))


def test_a_folder_that_cannot_be_made_is_said_before_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = ArchiveOptions.of(Settings({"WARC_DIR": str(tmp_path / "file" / "archive"), "WARC_MAX_MB": 10}))
    assert options
    with pytest.raises(ValueError, match="cannot be made: Not a directory"):
        options.prepare()


async def test_what_cannot_be_written_is_counted_and_the_crawl_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    extensions = {"crawler.extensions.run_record.RunRecord": 0}
    crawler = get_crawler(settings_dict={"WARC_DIR": str(folder), "WARC_MAX_MB": 10, "EXTENSIONS": extensions})
    archive, request = Archive(crawler), Request("https://news.example/a/")
    response = HtmlResponse(request.url, body=b"<p>Told</p>", request=request)
    folder.rmdir()
    assert await archive.process_response(request, response) is response
    await archive.process_response(Request(request.url, method="POST"), response)  # which is nobody's business
    made = Request(request.url, meta={IN_BROWSER: True})
    assert await archive.process_response(made, response) is response  # no server has sent it
    assert "fetched_at" not in made.meta  # nor was it made of anything
    await until(lambda: counted(crawler) == {"failed": 1})
    folder.mkdir()  # there is room again
    await archive.process_response(request, response)
    await crawler.signals.send_catch_log_async(run_ending)
    assert counted(crawler) == {"failed": 1, "written": 1}, "the closing table is to tell it"
    await archive.engine_stopped()
    assert [path.name.rpartition("-")[2] for path in folder.iterdir()] == ["00000.warc.gz"]
    assert request.meta["fetched_at"].tzinfo is UTC


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until it is so; ten seconds at most."""
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


def counted(crawler: Crawler) -> dict[str, int]:
    """What became of answers."""
    return counts(crawler.stats.get_stats() if crawler.stats else {}, "archive")

"""``scrapy report`` at the terminal, and what it writes in a browser."""

import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from crawler.report import charts
from tests.chromium import CHROMIUM, needs_chromium
from tests.spiders.running import Scrapy

from ..report.examples import archive
from .asking import Ask
from .test_sites import put

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_PHONE = {"width": 390, "height": 844}


@pytest.fixture
def filled(scrapy: Scrapy) -> Scrapy:
    """The small archive, with what strangers may write."""
    for collection, documents in archive().items():
        put(scrapy, collection, *documents)
    return scrapy


@pytest.fixture
async def browser_page() -> AsyncIterator[Page]:
    """A page of a Chromium of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=list(_FLAGS))
        yield await browser.new_page()
        await browser.close()


@pytest.mark.usefixtures("filled")
def test_a_file_is_written_and_standard_output_is_another_way(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert ask("report", "--timezone", "Asia/Tokyo", "-o", str(file)).err == ""
    html = file.read_text("utf-8")
    assert "<h1>5 articles of 2 sites</h1>" in html
    assert "All times are Asia/Tokyo." in html
    piped = ask("report", "--site", "b.example", "--since", "2025-12-04")
    assert (piped.status, piped.err) == (0, "")
    assert "<h1>1 article of 1 site</h1>" in piped.out


@pytest.mark.usefixtures("filled")
def test_a_device_is_written_to_whatever_its_name(ask: Ask, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text, "utf-8")
        told = ask("report", "-o", str(pipe))
        if told.status:
            pipe.write_text("refused")
        assert (told.status, told.err, "<h1>5 articles of 2 sites</h1>" in read.result(60)) == (0, "", True)
    assert ask("report", "-o", "/dev/null").status == 0


def test_of_nothing_a_report_is_made_and_it_is_said(ask: Ask) -> None:
    empty = ask("report")
    assert (empty.status, empty.err) == (
        0,
        "no articles yet; crawl a site first: make crawl SITE=https://news.example\n",
    )
    assert "<h1>0 articles</h1>" in empty.out


@pytest.mark.usefixtures("filled")
def test_of_an_empty_period_it_is_said_of_when_the_articles_are(ask: Ask) -> None:
    empty = ask("report", "--since", "2031-01-01")
    stored = "the 5 that are stored were published from 2025-10-24 to 2025-12-04"
    assert empty.err == f"no article is like that; {stored}; the report says what is known besides\n"
    assert f"No article is stored that was asked for; {stored}." in empty.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--timezone", "Mars/Olympus"), "'Mars/Olympus' is no time zone; write one as Europe/Berlin or UTC"),
        (("--timezone", "../../etc/passwd"), "'../../etc/passwd' is no time zone"),
        (("--since", "2025-12-04", "--until", "2025-12-01"), "nothing can lie between"),
        (("--site", "c.example"), "c.example is not known"),
        (("news.example",), "did you mean --site news.example?"),
        (("-o", "out/x.pdf"), "out/x.pdf: a report is one page of HTML; name it x.html."),
        (("-o", "."), ". is a folder; name a file in it: -o report.html"),
        (("-o", ".."), ".. is a folder; name a file in it: -o ../report.html"),
        (("-o", "/"), "/ is a folder; name a file in it: -o /report.html"),
        (("-o", "report"), "report: a report is one page of HTML; name it report.html."),
    ],
)
def test_what_is_not_understood(ask: Ask, options: tuple[str, ...], said: str) -> None:
    refused = ask("report", *options)
    assert refused.status == 2
    assert said in refused.out + refused.err


def test_what_is_not_installed_is_named_with_the_command(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name=name)

    monkeypatch.setattr(charts, "import_module", missing)
    refused = ask("report")
    assert refused.status == 2
    assert "vl_convert is not installed, this does it:" in refused.out + refused.err
    assert "--requirement requirements-analysis.txt" in refused.out + refused.err


@needs_chromium
@pytest.mark.usefixtures("filled")
async def test_in_chromium(ask: Ask, tmp_path: Path, browser_page: Page) -> None:
    file = tmp_path / "report.html"
    assert ask("report", "-o", str(file)).status == 0
    said: list[str] = []
    asked: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    browser_page.on("request", lambda request: asked.append(request.url))
    colours = []
    for scheme in ("light", "dark"):
        await browser_page.emulate_media(color_scheme=scheme)
        for size in ({"width": 1180, "height": 900}, _PHONE):
            await browser_page.set_viewport_size(size)  # type: ignore[arg-type]  # a typed dictionary of playwright
            await browser_page.goto(file.as_uri())
            width = await browser_page.evaluate("document.scrollingElement.scrollWidth")
            assert width == size["width"]
        bar = "getComputedStyle(document.querySelector('.narrow svg [fill=\"var(--accent)\"]')).fill"
        colours.append(await browser_page.evaluate(f"[getComputedStyle(document.body).backgroundColor, {bar}]"))
    shown = [await browser_page.locator(f"#time .{kind}").is_visible() for kind in ("wide", "narrow")]
    assert shown == [False, True]
    assert colours == [["rgb(252, 251, 248)", "rgb(47, 111, 143)"], ["rgb(21, 24, 28)", "rgb(109, 176, 208)"]]
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()] * 4

"""What an archive has, over all its files."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crawler.archive.catalog import Catalog
from crawler.archive.exchange import Conversion
from tests.archive.writing import AT, exchange, written

URL = "https://news.example/a/"


def test_what_came_again_unchanged_is_read_as_of_then(tmp_path: Path) -> None:
    again, later, url = AT + timedelta(hours=1), AT + timedelta(hours=2), URL
    path = written(
        tmp_path,
        exchange(url),
        exchange(url, at=again),
        exchange(url, at=later, status=304, body=b""),
        exchange(f"{url}2/", at=later, body=b"<p>Two</p>"),
        exchange("https://other.example/", at=later),
    )
    with Catalog([path]) as catalog:
        catalog.fill(lambda told: told.startswith("https://news.example/"), lambda *_: None)
        entries = list(catalog.entries())
        assert [(one.url, one.at) for one in entries] == [(url, AT), (url, again), (f"{url}2/", later)]
        assert catalog.reasons == {"revisit": 1}  # 304: what is unchanged is not told
        read = catalog.read(entries[1].file, entries[1].offset, entries[1].at)
        assert read
        assert (read.body, read.at) == (b"<p>Told</p>", again)
        near = catalog.nearest("http://www.news.example/a/?utm_source=x", again + timedelta(minutes=5))
        assert near
        assert near.at == again
        assert catalog.nearest("https://news.example/none/", AT) is None


def test_what_scripts_made_of_a_page_is_read_in_its_place(tmp_path: Path) -> None:
    shell, again, bare = (f"<urn:uuid:0000000{number}>" for number in (1, 2, 3))
    hour, two_hours = AT + timedelta(hours=1), AT + timedelta(hours=2)
    path = written(
        tmp_path,
        replace(exchange(URL), record=shell),
        Conversion(url=URL, at=AT + timedelta(seconds=3), of=shell, html=b"<p>Made</p>"),
        replace(exchange(URL, at=hour), record=again),  # a revisit
        Conversion(url=URL, at=hour + timedelta(seconds=3), of=again, html=b"<p>Made again</p>"),
        replace(exchange(URL, at=two_hours), record=bare),
        Conversion(url=URL, at=two_hours, of="<urn:uuid:of-another-archive>", html=b"<p>Nobody's</p>"),
    )
    with Catalog([path]) as catalog:
        catalog.fill(lambda _: True, lambda *_: None)
        read = [catalog.read(one.file, one.offset, one.at) for one in catalog.entries()]
        told = [(one.at, one.body, bool(one.made_of), one.kind) for one in read if one]
        assert told == [
            (AT, b"<p>Made</p>", True, "page"),
            (hour, b"<p>Made again</p>", True, "page"),
            (two_hours, b"<p>Told</p>", False, "page"),
        ]
        assert catalog.reasons == {}


def test_feeds_come_last(tmp_path: Path) -> None:
    feed = exchange("https://news.example/feed/")
    feed = replace(feed, headers=(("Content-Type", "application/rss+xml"),))
    path = written(tmp_path, feed, exchange(at=AT + timedelta(days=1)))
    with Catalog([path]) as catalog:
        catalog.fill(lambda _: True, lambda *_: None)
        assert [one.kind for one in catalog.entries()] == ["page", "feed"]


def test_a_file_that_cannot_be_read_is_counted(tmp_path: Path) -> None:
    with Catalog([tmp_path / "gone.warc.gz"]) as catalog:
        catalog.fill(lambda _: True, lambda *_: None)
        assert catalog.reasons == {"unreadable_file": 1}
        assert catalog.count() == 0

"""``scrapy crawl`` after a run that could not store everything: what that one kept is stored first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.documents import to_document
from crawler.items import Article, Source
from crawler.storage.connect import redact
from crawler.storage.runs import LEASE
from crawler.storage.spill import SpillFile
from tests.news import a_story
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Outcome, Scrapy

SITE = "news.example"


@pytest.fixture(scope="module")
def site() -> Iterator[RestSite]:
    with serve(RestSite(posts={"post": {1: 1}}, bases={"post": "posts"})) as served:
        yield served


def kept(folder: Path, scrapy: Scrapy, *articles: Article) -> Path:
    """A file as an earlier run leaves it."""
    where = f"{redact(scrapy.uri)}, database {scrapy.database_name}"
    file = SpillFile.create(folder, "20251203T180000", where, 1_000_000)
    file.append([to_document(article) for article in articles])
    file.close()
    return file.path


def an_article(number: int, read_at: datetime, text: int = 0, site: str = SITE) -> Article:
    url = f"https://{site}/{number}/"
    source = Source(route="rest", fetched_at=read_at)
    return Article(site=site, url=url, wp_id=number, title=f"No. {number}", text=a_story(text or number), source=source)


def crawl(scrapy: Scrapy, site: RestSite, folder: Path) -> Outcome:
    return scrapy.crawl("wordpress", "-s", f"SPILL_FOLDER={folder}", site=site.origin)


def texts(scrapy: Scrapy) -> dict[int, str]:
    return {article["wp_id"]: article["text"] for article in scrapy.find(query={"site": SITE})}


def counts(scrapy: Scrapy) -> Document:
    found: Document = scrapy.last_run()["counts"]["spill"]
    return found


def test_what_was_kept_is_stored_unless_more_is_known_since(scrapy: Scrapy, site: RestSite, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    kept(tmp_path, scrapy, an_article(1, now), an_article(2, now))
    assert crawl(scrapy, site, tmp_path).status == 0
    assert counts(scrapy) == {"replayed": 2}
    later, earlier = datetime.now(UTC) + timedelta(seconds=5), now - timedelta(hours=1)
    path = kept(tmp_path, scrapy, an_article(1, earlier, text=7), an_article(2, later, text=8), an_article(3, earlier))
    with path.open("ab") as file:
        file.write(b"\x40\x00\x00\x00torn")
    assert crawl(scrapy, site, tmp_path).status == 0
    assert texts(scrapy) == {1: a_story(1), 2: a_story(8), 3: a_story(3)}
    assert counts(scrapy) == {"outdated": 1, "replayed": 2}
    assert [event["type"] for event in scrapy.find("events", {"site": SITE})].count("article.added") == 3
    assert list(tmp_path.iterdir()) == []
    assert scrapy.find("locks") == []


def test_what_another_run_is_crawling_stays_where_it_is(scrapy: Scrapy, site: RestSite, tmp_path: Path) -> None:
    crawl(scrapy, site, tmp_path)
    taken = {"_id": SITE, "run_id": 1, "machine": "elsewhere", "pid": 1, "expires_at": datetime.now(UTC) + LEASE}
    scrapy.insert("locks", taken)
    path = kept(tmp_path, scrapy, an_article(1, datetime.now(UTC)), an_article(2, datetime.now(UTC), site="b.example"))
    assert crawl(scrapy, site, tmp_path).status == 0
    assert texts(scrapy) == {}
    assert [article["site"] for article in scrapy.find(query={"wp_id": 2})] == ["b.example"]
    assert path.exists()

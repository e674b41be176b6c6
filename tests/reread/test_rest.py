"""A site that was crawled by its REST API, and answers of it that are read again by new rules."""

from dataclasses import replace
from pathlib import Path

from crawler.archive.records import Remembered, exchange_records
from tests.archive.writing import exchange
from tests.reread.test_reread import row
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Scrapy


def test_answers_of_the_api_are_read_again_by_todays_rules(scrapy: Scrapy, tmp_path: Path) -> None:
    folder, rules = tmp_path / "warc", tmp_path / "rules.toml"
    site = RestSite({"post": {number: number for number in range(1, 6)}}, {"post": "posts"})
    with serve(site) as served:
        crawled = scrapy.crawl("wordpress", "-s", f"WARC_DIR={folder}", site=served.origin)
    assert crawled.status == 0, crawled.err
    before = scrapy.find()
    assert {article["source"]["read_from"] for article in before} == {"rest"}

    rules.write_text('["*".extra]\nsaid = { rest = "content.rendered", pattern = "ferry (\\\\w+)" }\n')
    outcome = scrapy.run("reread", "--warc", str(folder), SITE_RULES=str(rules))
    assert outcome.status == 0, outcome.err
    assert (row(outcome.out, "read otherwise"), row(outcome.out, "new")) == ("5", "0")
    after = scrapy.find()
    assert [article["extra"] for article in after] == [{"said": "left"}] * 5
    assert [article["source"] for article in after] == [article["source"] for article in before]
    told = [event["fields"] for event in scrapy.find("events") if event["type"] == "article.reread"]
    assert told == [["extra"]] * 5


def test_rules_of_pages_that_are_not_archived_cost_no_article(scrapy: Scrapy, tmp_path: Path) -> None:
    """Of the posts that the API gives whole no page was fetched, or it was gone."""
    folder, rules = tmp_path / "warc", tmp_path / "rules.toml"
    site = RestSite({"post": {number: number for number in range(1, 6)}}, {"post": "posts"})
    with serve(site) as served:
        crawled = scrapy.crawl("wordpress", "-s", f"WARC_DIR={folder}", site=served.origin)
    assert crawled.status == 0, crawled.err
    before = scrapy.find()
    gone = exchange(before[0]["url"])
    (folder / "gone.warc.gz").write_bytes(exchange_records(replace(gone, status=404), Remembered()))
    rules.write_text('["*"]\ntitle = ".headline"\n')
    outcome = scrapy.run("reread", "--warc", str(folder), SITE_RULES=str(rules))
    assert outcome.status == 0, outcome.err
    assert "Traceback" not in outcome.err
    assert (row(outcome.out, "articles"), row(outcome.out, "the same")) == ("5", "5")
    assert scrapy.find() == before

"""``SITE_RULES`` at a site whose REST API gives every post whole."""

from pathlib import Path

from demo.content import demo_site
from demo.server import serve as serve_demo
from tests.spiders.rest_site import STORY, RestSite, serve
from tests.spiders.running import Scrapy

RULES = """
["*"]
title = ".entry-content p"

["*".extra]
shown = ".entry-title"
said = { rest = "content.rendered", pattern = "ferry (\\\\w+)" }
both = { css = ".entry-title", rest = "type" }
"""


def test_pages_are_read_by_the_rules_and_keep_what_only_the_api_tells(scrapy: Scrapy, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES, "utf-8")
    with serve(RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"})) as site:
        outcome = scrapy.crawl("wordpress", "-s", f"SITE_RULES={rules}", site=site.origin)
    assert outcome.status == 0, outcome.err
    articles = scrapy.find()
    assert [(one["title"], one["source"]["read_from"]) for one in articles] == [(STORY, "page")] * 2
    assert sorted(one["extra"]["shown"] for one in articles) == ["post 1", "post 2"]
    assert [one["extra"]["said"] for one in articles] == ["left", "left"]
    assert [one["extra"]["both"] for one in articles] == [one["extra"]["shown"] for one in articles]


def test_a_new_field_is_stored_and_is_no_change_of_the_site(scrapy: Scrapy, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('["*".extra]\nshown = { css = ".entry-title" }\n', "utf-8")
    with serve_demo(demo_site(), "classic") as site:
        told = ("wordpress", "-a", "routes=archive", "-a", "limit=3", "-a", f"site={site.url}")
        assert scrapy.crawl(*told).status == 0
        before = {one["_id"] for one in scrapy.find()}
        outcome = scrapy.crawl(*told, "-s", f"SITE_RULES={rules}", full="1")
    assert outcome.status == 0, outcome.err
    read = [one for one in scrapy.find() if "extra" in one]
    assert [(one["extra"], one["revision"]) for one in read] == [({"shown": one["title"]}, 0) for one in read]
    assert len(before & {one["_id"] for one in read}) >= 2
    assert scrapy.find("revisions") == []
    assert scrapy.find("events", {"type": "article.changed"}) == []

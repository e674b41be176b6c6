"""What the demo leads to."""

import shlex
from pathlib import Path

from demo.content import demo_site
from demo.crawl import NEXT
from demo.server import serve
from tests.spiders.running import Scrapy

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def test_what_a_newcomer_may_do_next_works_and_is_in_the_readme(scrapy: Scrapy) -> None:
    with serve(demo_site(), "pressbook") as served:
        assert scrapy.crawl("wordpress", "--quiet", site=served.url).status == 0
    said = {}
    for what, why in NEXT:
        assert f"  .venv/bin/{what:<32}  {why}\n" in README
        outcome = scrapy.run(*shlex.split(what.removeprefix("scrapy ")))
        assert outcome.status == 0, outcome.err
        said[what.split()[1]] = outcome.out
    assert "Barge brings a piano nobody ordered" in said["articles"]
    assert "2 articles" in said["stories"]
    assert said["events"].count('"article.added"') == 42

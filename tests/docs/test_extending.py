"""docs/extending.md: its rules are such, and do what is said of them."""

import re
from pathlib import Path

from crawler.reading import parse_page
from crawler.reading.rules import read_pages_by, rest_extra
from crawler.siterules import PickRule, SiteRule, read_rules

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/extending.md").read_text("utf-8")

PAGE = """<html lang="en"><head><meta name="region" content="North"></head><body class="story-page">
<h1 class="headline">The bridge holds</h1><p class="byline">from Jane Doe</p>
<time class="stamp" datetime="2025-12-03T18:00:00Z">yesterday</time>
<div class="story"><p>The old bridge held through the night, said the ferrymen who had watched it from the bank.</p>
<p class="subscribe">Subscribe for a penny.</p></div>
<p class="reading-time">4 min</p><p class="topics"><a>Bridges</a> <a>Water</a></p></body></html>"""


def test_the_example_reads_a_site_with_odd_markup(tmp_path: Path) -> None:
    [example] = re.findall(r"^```toml\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    (tmp_path / "rules.toml").write_text(example, "utf-8")
    rules = read_rules(tmp_path / "rules.toml")["news.example"]
    article = read_pages_by([parse_page(PAGE, "https://news.example/bridge/")], rules)
    assert (article.title, article.authors, article.published_precision) == ("The bridge holds", ["Jane Doe"], "time")
    assert article.text == (
        "The old bridge held through the night, said the ferrymen who had watched it from the bank."
    )
    assert article.extra == {"reading_time": 4, "region": "North", "topics": ["Bridges", "Water"]}
    item = {"acf": {"rating": "4.5"}, "_embedded": {"wp:term": [[{"taxonomy": "series", "name": "Bridges"}]]}}
    assert rest_extra(item, rules) == {"rating": 4.5, "series": ["Bridges"]}


def test_every_rule_is_documented() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", DOCUMENT, re.MULTILINE)
    named = {name.partition(".")[0] for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    fields = {*SiteRule.model_fields, *(field.alias or name for name, field in PickRule.model_fields.items())}
    assert named == fields

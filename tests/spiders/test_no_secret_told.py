"""A site of signed URLs and cookies, crawled with everything logged: no secret is in logs, events or reports."""

from dataclasses import replace

from tests.hostile.server import Page, serve_answers
from tests.spiders.running import Scrapy
from tests.spiders.test_bad_input import home, post

SECRET, SETTING = "c0ffee5ecret", "0pensesame"
POST = f"/?p=1&token={SECRET}"
FAILS = f"/broken/?X-Amz-Signature={SECRET}"
MOVED = f"/moved/?sig={SECRET}"


def test_no_secret_is_in_logs_events_and_reports(scrapy: Scrapy) -> None:
    def answer(target: str) -> Page | None:
        pages = {
            "/": home("/plain/", POST.replace("&", "&amp;"), FAILS, MOVED),
            "/plain/": post(2, body=f'<p>Words.</p><img src="{origin}i.jpg?sig={SECRET}" width="600" height="400">'),
            POST: post(1, body="<p>Signed words.</p>", head=f'<link rel="canonical" href="{origin}{POST[1:]}">'),
            FAILS: Page(status=500),
            MOVED: Page(status=302, headers={"Location": origin.replace("//", f"//jane:{SECRET}@") + "plain/"}),
        }
        page = pages.get("/" if target == f"/?key={SECRET}" else target)
        return replace(page, headers={**page.headers, "Set-Cookie": f"session={SECRET}"}) if page else None

    with serve_answers(answer) as origin:
        options = ["-L", "DEBUG", "-s", "RETRY_TIMES=0", "-s", f"AWS_SECRET_ACCESS_KEY={SETTING}"]
        start = f"{origin}?key={SECRET}"
        outcome = scrapy.crawl("wordpress", *options, site=start, routes="archive")
        assert outcome.status == 3, outcome.err
        shown = scrapy.run("sites", "show", origin.removeprefix("http://"))
    articles = {article["wp_id"]: article for article in scrapy.find()}
    assert SECRET in articles[2]["images"][0]["url"]  # what an article says is kept as it is
    assert SECRET in articles[1]["url"]
    told = {"log": outcome.err, "table": outcome.out, "show": shown.out}
    told |= {name: str(scrapy.find(name)) for name in ("events", "runs")}
    lines = [f"{name}: {line}" for name, text in told.items() for line in text.splitlines()]
    assert [line for line in lines if SECRET in line or SETTING in line] == []
    assert "X-Amz-Signature=***" in outcome.err
    assert "'AWS_SECRET_ACCESS_KEY': '***'" in outcome.err
    assert "token=***" in told["events"]


def test_an_address_with_a_password_is_refused_without_repeating_it(scrapy: Scrapy) -> None:
    outcome = scrapy.crawl("wordpress", site=f"https://jane:{SECRET}@news.example")
    assert outcome.status == 2
    assert "the address of news.example has a user name or password in it" in outcome.out + outcome.err
    assert SECRET not in outcome.out + outcome.err

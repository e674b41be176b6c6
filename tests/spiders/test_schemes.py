"""Starts that are written without a scheme: https first, and http where nobody speaks TLS."""

from urllib.parse import urlsplit

from tests.hostile.server import serve_pages
from tests.spiders.running import Scrapy
from tests.spiders.test_bad_input import site

NO_RETRY = ("-s", "RETRY_TIMES=0")


def test_a_site_without_tls_is_found_by_http_and_known_by_it(scrapy: Scrapy) -> None:
    with serve_pages(site({})) as url:
        name = urlsplit(url).netloc
        first = scrapy.crawl("wordpress", *NO_RETRY, site=name, routes="archive")
        tried = f"https://{name}/ does not answer (connection_lost), and no scheme was given: {url} is tried"
        assert (first.status, tried in first.err) == (0, True)
        again = scrapy.crawl("wordpress", *NO_RETRY, site=name, routes="archive", full="1")
        assert (again.status, f"https://{name}" in again.err) == (0, False)
        post = scrapy.crawl("navigation", *NO_RETRY, url=f"{name}/good/")
        assert (post.status, f"{url}good/ is tried" in post.err) == (0, True)
    (known,) = scrapy.find("sites")
    assert (known["url"], known["home"], known["health"]["failures"]) == (url, url, 0)
    assert [run["exit_status"] for run in scrapy.find("runs")] == [0, 0, 0]
    assert not scrapy.last_run()["counts"]["errors"]
    both = scrapy.crawl("wordpress", *NO_RETRY, site=name, full="1")
    assert both.status == 4
    assert f"ERROR: https://{name}/ cannot be crawled: nobody listens there (connection_refused): correct" in both.err
    assert scrapy.find("sites")[0]["health"]["failures"] == 1


def test_https_that_was_written_is_meant(scrapy: Scrapy) -> None:
    with serve_pages(site({})) as url:
        asked = scrapy.crawl("wordpress", *NO_RETRY, site=url.replace("http:", "https:"))
    assert (asked.status, "is tried" in asked.err) == (4, False)
    assert "cannot be crawled: the connection broke off (connection_lost): correct the address (http or" in asked.err

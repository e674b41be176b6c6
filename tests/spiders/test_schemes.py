"""Starts that are written without a scheme: https first, and http where nobody speaks TLS."""

import socket
from urllib.parse import urlsplit

import pytest

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
        assert (post.status, f"https://{name}" in post.err) == (0, False)
    (known,) = scrapy.find("sites")
    assert (known["url"], known["home"], known["health"]["failures"]) == (url, url, 0)
    assert [run["exit_status"] for run in scrapy.find("runs")] == [0, 0, 0]
    assert not scrapy.last_run()["counts"]["errors"]
    both = scrapy.crawl("wordpress", *NO_RETRY, site=name, full="1")
    assert both.status == 4
    assert f"ERROR: https://{name}/ cannot be crawled: nobody listens there (connection_refused): correct" in both.err
    assert scrapy.find("sites")[0]["health"]["failures"] == 1


@pytest.mark.parametrize(("spider", "folder"), [("navigation", ""), ("category", "/blog"), ("wordpress", "/blog")])
def test_a_host_that_is_known_by_https_is_asked_by_http_by_no_spider(scrapy: Scrapy, spider: str, folder: str) -> None:
    with serve_pages(site({})) as url:
        name = urlsplit(url).netloc
        known = {"_id": name + folder, "url": f"https://{name}{folder}/", "home": f"https://{name}{folder}/"}
        scrapy.insert("sites", known)
        start = {"site" if spider == "wordpress" else "url": f"{name}/good/"}
        asked = scrapy.crawl(spider, *NO_RETRY, **start)
    assert (asked.status, "is tried" in asked.err) == (4, False)
    assert f"ERROR: https://{name}/good/ cannot be crawled: the connection broke off" in asked.err


def test_https_that_is_slow_is_not_taken_for_none(scrapy: Scrapy) -> None:
    """It takes the connection, and says nothing for longer than is waited."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        name = f"127.0.0.1:{server.getsockname()[1]}"
        asked = scrapy.crawl("wordpress", *NO_RETRY, "-s", "DOWNLOAD_TIMEOUT=1", site=name)
    assert (asked.status, "is tried" in asked.err) == (4, False)
    assert f"ERROR: https://{name}/ cannot be crawled" in asked.err


def test_https_that_was_written_is_meant(scrapy: Scrapy) -> None:
    with serve_pages(site({})) as url:
        asked = scrapy.crawl("wordpress", *NO_RETRY, site=url.replace("http:", "https:"))
    assert (asked.status, "is tried" in asked.err) == (4, False)
    assert "cannot be crawled: the connection broke off (connection_lost): correct the address (http or" in asked.err

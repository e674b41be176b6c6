"""Crawls that are sent inside: nothing is asked for there, and the rest is crawled."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from tests.hostile.resolver import resolving
from tests.hostile.server import Page, serve_pages
from tests.spiders.running import Scrapy
from tests.spiders.test_bad_input import home, post

QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "DOWNLOAD_TIMEOUT=5", "-s", "RETRY_TIMES=0")


@dataclass
class Listener:
    """A port of this machine that nobody should come to; ``came`` counts who did."""

    port: int
    came: list[object] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(server.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, sender = server.accept()
                except OSError:
                    return
                listener.came.append(sender)
                connection.close()

        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield listener
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def leads(to: str) -> Page:
    return Page(status=302, headers={"Location": to})


def test_no_redirect_of_a_site_leads_inside(scrapy: Scrapy) -> None:
    with listening() as inside:
        literals = (
            *("127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"),
            *("127.0.0.1.", "%31%32%37.0.0.1", "u:p@127.0.0.1"),
        )
        names = ("localhost", "evil.example", "www.evil.example")
        ways = [f"http://{host}:{inside.port}/" for host in (*literals, *names)]
        others = ["file:///etc/passwd", "ftp://127.0.0.1/", "data:text/html,x", "gopher://127.0.0.1:70/", "http://[/"]
        pages = {f"/{number}/": leads(way) for number, way in enumerate([*ways, *others])}
        with serve_pages(pages) as url:
            table = resolving(evil__example=["127.0.0.1"], www__evil__example=["127.0.0.1"], localhost=["127.0.0.1"])
            sites = ",".join(f"{url}{path.strip('/')}/" for path in pages)
            outcome = scrapy.crawl("wordpress", *QUICK, *table, site=sites)
        assert inside.came == []
    assert outcome.status == 4
    assert "Traceback" not in outcome.err
    assert scrapy.last_run()["counts"]["rejected"] == {
        "address": len(literals) + 2 * len(names)
    }  # names: for robots.txt too


def test_neither_robots_nor_links_nor_the_names_of_a_site_lead_inside(scrapy: Scrapy) -> None:
    with listening() as inside:
        evil = f"http://evil.example:{inside.port}/"
        links = "".join(f'<a href="http://{host}:{inside.port}/a/">a</a>' for host in ("127.0.0.1", "evil.example"))
        head = (
            f'<link rel="https://api.w.org/" href="{evil}wp-json/">'
            f'<link rel="alternate" type="application/rss+xml" href="{evil}feed/"><link rel="canonical" href="{evil}">'
            f'<link rel="hub" href="{evil}hub"><link rel="next" href="{evil}page/2/"><base href="{evil}">'
        )
        index = f"<sitemapindex><sitemap><loc>{evil}s.xml</loc></sitemap></sitemapindex>"
        pages = {
            "/": home("/good/", "/led/"),
            "/good/": post(1, "The good one", f"<p>Some words of a text.</p>{links}", head=head.replace("<base", "<x")),
            "/led/": leads(evil),
            "/robots.txt": leads(f"{evil}robots.txt"),
            "/feed/": leads(evil),
            "/wp-sitemap.xml": Page(index.encode(), headers={"Content-Type": "application/xml"}),
        }
        pages["/"] = Page(pages["/"].body.replace(b"</head>", head.replace("<base", "<x").encode() + b"</head>"))
        with serve_pages(pages) as url:
            port = url.rstrip("/").rpartition(":")[2]
            table = resolving(evil__example=["127.0.0.1"], news__example=["127.0.0.1"])
            outcome = scrapy.crawl("wordpress", *QUICK, *table, site=f"http://news.example:{port}/")
        assert inside.came == []
    assert [article["title"] for article in scrapy.find()] == ["The good one"]
    assert outcome.status == 0, outcome.err
    assert scrapy.last_run()["counts"]["rejected"]["address"] == 1  # robots.txt; the others do not leave the site


def test_a_named_name_does_not_name_the_other_ports_of_its_machine(scrapy: Scrapy) -> None:
    with listening() as inside, serve_pages({"/": leads(f"http://news.example:{inside.port}/")}) as url:
        port = url.rstrip("/").rpartition(":")[2]
        table = resolving(news__example=["127.0.0.1"])
        scrapy.crawl("wordpress", *QUICK, *table, site=f"http://news.example:{port}/")
        assert inside.came == []
    assert scrapy.last_run()["counts"]["rejected"] == {"address": 1}

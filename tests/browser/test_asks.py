"""What a page in a browser may ask for."""

import pytest

from crawler.browser.asks import Ask, answer_headers, refusal, request_headers


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (Ask("https://example.org/app.js", kind="script"), None),
        (Ask("https://cdn.example/app.js", kind="script"), None),
        (Ask("https://example.org/api", kind="fetch"), None),
        (Ask("https://example.org/wp-admin/admin-ajax.php", "POST", "xhr"), None),
        (Ask("https://api.example.org/graphql", "POST"), None),
        (Ask("https://www.example.org/graphql", "POST"), None),
        (Ask("https://else.example/graphql", "POST"), "method"),
        (Ask("https://example.org/api/1", "DELETE"), "method"),
        (Ask("https://example.org/api/1", "PUT"), "method"),
        (Ask("https://example.org/a.jpg", kind="image"), "kind"),
        (Ask("https://example.org/a.css", kind="stylesheet"), "kind"),
        (Ask("https://example.org/a.woff2", kind="font"), "kind"),
        (Ask("https://example.org/a.mp4", kind="media"), "kind"),
        (Ask("wss://example.org/", kind="websocket"), "kind"),
        (Ask("https://example.org/beacon", "POST", "ping"), "kind"),
        (Ask("data:text/javascript,1", kind="script"), "kind"),
        (Ask("https://example.org/other/", kind="document", is_navigation=True), "navigation"),
        (Ask("https://www.googletagmanager.com/gtag/js?id=G-1", kind="script"), "tracker"),
        (Ask("https://googletagmanager.com/gtm.js", kind="script"), "tracker"),
        (Ask("https://notgoogletagmanager.com/gtm.js", kind="script"), None),
        (Ask("https://ads.house.example/a.js", kind="script"), "tracker"),
    ],
)
def test_what_is_refused(ask: Ask, why: str | None) -> None:
    assert refusal(ask, "example.org", {"house.example"}) == why


@pytest.mark.parametrize(
    ("host", "site", "is_sent"),
    [
        ("api.paper.co.uk", "www.paper.co.uk", True),
        ("other.co.uk", "paper.co.uk", False),
        ("api.paper.com.br", "front.paper.com.br", True),
        ("paper.com.br", "other.com.br", False),
        ("a.github.io", "b.github.io", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("10.0.0.1", "127.0.0.1", False),
    ],
)
def test_whom_a_page_may_post_to(host: str, site: str, *, is_sent: bool) -> None:
    assert (refusal(Ask(f"https://{host}/", "POST"), site) is None) is is_sent


def test_headers_are_the_pages_own_without_cookies_and_without_those_of_a_connection() -> None:
    told = {
        "accept": "*/*",
        "x-wp-nonce": "1",
        "cookie": "a=b",
        "user-agent": "x",
        "sec-fetch-mode": "cors",
        "host": "h",
    }
    assert request_headers(told) == {"accept": "*/*", "x-wp-nonce": "1"}
    answered = {"content-type": "text/html", "set-cookie": "a=b", "content-encoding": "gzip", "content-length": "3"}
    assert answer_headers(answered) == {"content-type": "text/html"}

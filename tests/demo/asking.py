"""Asking the demo's server for a page."""

from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

from lxml.html import HtmlElement, document_fromstring

from demo.server import Served


def request(served: Served, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    with closing(HTTPConnection(served.origin.removeprefix("http://"), timeout=5)) as connection:
        connection.request(method, path)
        response = connection.getresponse()
        return response, response.read().decode("utf-8", "replace")


def status(served: Served, path: str) -> int:
    return request(served, path)[0].status


def location(served: Served, path: str) -> str:
    response, _ = request(served, path)
    assert response.status in (301, 302)
    return response.headers["Location"].removeprefix(served.origin)


def tree(served: Served, path: str) -> HtmlElement:
    response, body = request(served, path)
    assert response.status == 200, path
    return document_fromstring(body)


def body_classes(page: HtmlElement) -> list[str]:
    return (page.cssselect("body")[0].get("class") or "").split()


def hrefs(page: HtmlElement, css: str) -> list[str]:
    return [element.get("href", "") for element in page.cssselect(css)]

"""Pings: what WordPress and other programs send, and what nobody sends in good faith."""

import re
from xmlrpc.client import Fault as ClientFault
from xmlrpc.client import dumps, loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.push.xmlrpc import BAD_PARAMETERS, LARGEST, NO_SUCH_METHOD, NOT_XML, Fault, Ping, parse_ping, thanks
from tests.push.calls import call, wordpress_ping

HOME, FEED, PAGE = "https://news.example/", "https://news.example/feed/", "https://news.example/2026/ferry/"

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<methodCall><methodName>weblogUpdates.ping</methodName><params><param><value><string>&lol3;</string></value></param>
<param><value><string>https://news.example/</string></value></param></params></methodCall>"""


def test_wordpress_s_own() -> None:
    assert parse_ping(wordpress_ping()) == Ping("The Example News", "https://news.example", feed_url=FEED)


@pytest.mark.parametrize(
    ("method", "values", "ping"),
    [
        ("ping", ("News", HOME), Ping("News", HOME)),
        ("ping", ("News", HOME, PAGE), Ping("News", HOME, PAGE)),
        ("ping", ("News", HOME, PAGE, "town"), Ping("News", HOME, PAGE, tags=("town",))),
        ("extendedPing", ("News", HOME), Ping("News", HOME)),
        ("extendedPing", ("News", HOME, FEED), Ping("News", HOME, feed_url=FEED)),
        ("extendedPing", ("News", HOME, PAGE, FEED), Ping("News", HOME, PAGE, FEED)),
        ("extendedPing", ("News", HOME, PAGE, FEED, "a| b |"), Ping("News", HOME, PAGE, FEED, ("a", "b"))),
        ("extendedPing", ("", " https://news.example/\n"), Ping("", HOME)),
    ],
)
def test_two_to_five_parameters(method: str, values: tuple[str, ...], ping: Ping) -> None:
    assert parse_ping(call(f"weblogUpdates.{method}", *values)) == ping


def test_a_string_needs_no_type() -> None:
    untyped = call("weblogUpdates.ping", "Näws & more", HOME).replace(b"<string>", b"").replace(b"</string>", b"")
    assert parse_ping(untyped) == Ping("Näws & more", HOME)


def test_a_name_in_the_encoding_of_an_old_blog() -> None:
    latin = call("weblogUpdates.ping", "Zürich heute", HOME).decode().encode("latin-1")
    assert parse_ping(latin, "text/xml") == Ping("Zürich heute", HOME)


def test_an_entity_of_html_and_a_stray_ampersand() -> None:
    sloppy = call("weblogUpdates.ping", "NAME", HOME).replace(b"NAME", b"Caf&eacute; & Bar\x0b")
    assert parse_ping(sloppy) == Ping("Café & Bar", HOME)


@pytest.mark.parametrize(
    ("body", "reason", "code"),
    [
        (b"", "xml", NOT_XML),
        (b"\0\0\0", "xml", NOT_XML),
        (b"<html><body>hello</body></html>", "xml", NOT_XML),
        (wordpress_ping()[:-20], "xml", NOT_XML),
        (wordpress_ping() + b"<more/>", "xml", NOT_XML),
        (wordpress_ping().replace(b"</value>", b"", 1), "xml", NOT_XML),
        (b"<methodCall>" + b"<value>" * 300 + b"</value>" * 300 + b"</methodCall>", "xml", NOT_XML),
        (call("weblogUpdates.ping", "x" * LARGEST, HOME), "xml", NOT_XML),
        (LAUGHS, "dtd", NOT_XML),
        (LAUGHS.decode().encode("utf-16"), "dtd", NOT_XML),
        (
            b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + wordpress_ping().removeprefix(b'<?xml version="1.0"?>'),
            "dtd",
            NOT_XML,
        ),
        (call("system.listMethods"), "method_name", NO_SUCH_METHOD),
        (call("system.multicall", "a"), "method_name", NO_SUCH_METHOD),
        (call("pingback.ping", HOME, PAGE), "method_name", NO_SUCH_METHOD),
        (call("weblogUpdates.ping", "News"), "parameters", BAD_PARAMETERS),
        (call("weblogUpdates.extendedPing", *"abcdef"), "parameters", BAD_PARAMETERS),
        (dumps((1, HOME), "weblogUpdates.ping").encode(), "parameters", BAD_PARAMETERS),
        (dumps(({"name": "News"}, HOME), "weblogUpdates.ping").encode(), "parameters", BAD_PARAMETERS),
    ],
)
def test_a_call_that_is_no_ping_gets_a_fault(body: bytes, reason: str, code: int) -> None:
    with pytest.raises(Fault) as refused:
        parse_ping(body)
    assert (refused.value.reason, refused.value.code) == (reason, code)
    assert refused.value.answer.status == 200
    with pytest.raises(ClientFault) as read:
        loads(refused.value.answer.body)
    assert read.value.faultCode == code


def test_the_answer_can_be_read_by_any_client() -> None:
    assert loads(thanks().body) == (({"flerror": False, "message": "Thanks for the ping."},), None)


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_ping_or_a_fault(body: bytes) -> None:
    try:
        assert parse_ping(body).url is not None
    except Fault as fault:
        assert fault.reason in {"xml", "dtd", "method_name", "parameters"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_is_written_is_read(name: str, url: str) -> None:
    body = dumps((name, url), "weblogUpdates.ping", encoding="utf-8").encode("utf-8", "ignore")
    ping = parse_ping(body)
    assert (ping.name, ping.url) == (plain(name), plain(url))


def plain(text: str) -> str:
    """Without what XML forbids, white space collapsed."""
    return " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).split())

"""What the user named may lead inside; nothing else may, and no name may turn."""

import pytest

from crawler.guard.named import Named
from crawler.middlewares.addresses import refusal


def named(*urls: str) -> Named:
    known = Named()
    for url in urls:
        known.add(url)
    return known


def test_a_named_host_is_named_with_its_port() -> None:
    known = named("http://127.0.0.1:8080/blog/", "https://www.Intranet.example/")
    assert known.has("127.0.0.1", 8080)
    assert not known.has("127.0.0.1", 80)
    assert known.has("intranet.example", 80)
    assert known.has("www.intranet.example.", 443)
    assert not known.has("other.example", 443)


def test_a_host_that_nobody_named_may_lead_outside_only() -> None:
    known = named("https://news.example/")
    assert known.may_lead("other.example", inside=False)
    assert not known.may_lead("other.example", inside=True)


def test_the_first_answer_of_a_named_host_counts() -> None:
    known = named("https://news.example/", "https://intranet.example/")
    assert known.may_lead("news.example", inside=False)
    assert not known.may_lead("news.example", inside=True)
    assert not known.may_lead("www.news.example", inside=True)
    assert known.may_lead("intranet.example", inside=True)
    assert known.may_lead("intranet.example", inside=False)
    assert known.may_lead("intranet.example", inside=True)


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("http://127.0.0.1:8080/", False),
        ("http://127.0.0.1:8081/", True),
        ("http://127.0.0.1/", True),
        ("http://127.1:8080/", True),
        ("http://2130706433/", True),
        ("http://[::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://169.254.169.254/latest/meta-data/", True),
        ("http://user:password@10.0.0.1/", True),
        ("https://93.184.216.34/", False),
        ("https://news.example/", False),
        ("https://news.example:8443/", False),
        ("http://news.example:6379/", True),
        ("http://news.example:25/", True),
        ("http://mail.example:2525/", False),
        ("http://named.example:25/", False),
        ("file:///etc/passwd", True),
        ("data:text/html,x", True),
        ("ftp://news.example/", True),
        ("gopher://news.example/", True),
        ("http://%31%32%37.0.0.1/", True),
        ("http://news.example:99999/", True),
        ("http://", True),
    ],
)
def test_what_may_be_asked_for(url: str, is_refused: bool) -> None:
    assert bool(refusal(url, named("http://127.0.0.1:8080/", "http://named.example:25/"))) is is_refused


def test_another_port_of_a_named_host_that_lies_inside() -> None:
    known = named("http://intranet.example:8080/")
    assert refusal("http://intranet.example/", known) is None  # it may lie outside
    assert known.may_lead("intranet.example", inside=True)
    assert refusal("http://intranet.example/", known)
    assert refusal("http://intranet.example:8080/", known) is None

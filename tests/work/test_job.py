"""A site as a subject and as a message."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.work.job import Job, subject, subjects, token


@pytest.mark.parametrize(
    ("site", "written"),
    [
        ("news.example", "news_example"),
        ("example.org/blog", "example_org=2fblog"),
        ("127.0.0.1:8080", "127_0_0_1=3a8080"),
        ("a_b.example", "a=5fb_example"),
        ("zeitung.example/größe", "zeitung_example=2fgr=c3=b6=c3=9fe"),
        ("xn--bcher-kva.example", "xn--bcher-kva_example"),
        ("example.org/A*>B c", "example_org=2f=41=2a=3e=42=20c"),
    ],
)
def test_a_site_is_one_token_that_people_can_read(site: str, written: str) -> None:
    assert token(site) == written


@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=400))
def test_no_two_sites_share_a_token_and_every_token_is_one(one: str, other: str) -> None:
    assert re.fullmatch(r"[a-z0-9_=-]{1,200}", token(one))
    assert (token(one) == token(other)) == (one == other)


def test_long_names_that_differ_at_their_end_have_different_tokens() -> None:
    long = "example.org/" + "a" * 500
    assert token(long + "b") != token(long + "c")
    assert len(token(long)) < 200


def test_a_subject_lies_in_its_stream() -> None:
    assert subject("PRESSWALK", "news.example") == "presswalk.site.news_example"
    assert subjects("PRESSWALK") == "presswalk.site.*"


def test_a_job_is_read_as_it_was_written() -> None:
    job = Job("zeitung.example/größe", "https://www.zeitung.example/gr%C3%B6%C3%9Fe/")
    assert Job.from_bytes(job.to_bytes()) == job


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{}", b"3", b'{"site": "a.example"}', b'{"site": "", "url": "https://a.example/"}',
        b'{"site": 1, "url": "https://a.example/"}', b'{"site": "a", "url": "file:///etc/passwd"}',
        b'{"site": "a", "url": {"$gt": ""}}',
    ],
)  # fmt: skip
def test_what_is_no_job_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Job.from_bytes(data)

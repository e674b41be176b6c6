"""Addresses and lists of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.start_urls import as_written, by_schemes, start_url, urls_of_file, urls_of_list
from crawler.urls import is_web_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("news.example", "https://news.example/"),
        (" http://127.0.0.1:8080/blog ", "http://127.0.0.1:8080/blog"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
    ],
)
def test_an_address(text: str, url: str) -> None:
    assert start_url(text) == url


def test_without_a_scheme_https_comes_first_unless_the_home_is_known_to_be_at_http() -> None:
    secure, plain = "https://news.example/", "http://news.example/"
    assert by_schemes(start_url("news.example")) == (secure, plain)
    assert by_schemes(start_url("news.example"), secure) == (secure, None)
    assert by_schemes(start_url("news.example"), "http://www.news.example/") == (plain, secure)
    assert by_schemes(start_url("news.example"), "http://elsewhere.example/") == (secure, plain)
    assert by_schemes(start_url("news.example"), "http://news.example/blog/") == (plain, secure)
    assert by_schemes(start_url("news.example/2025/storm"), plain)[0] == "http://news.example/2025/storm"
    assert by_schemes(start_url(secure), plain) == (secure, None)
    assert by_schemes(start_url(plain)) == (plain, None)


def test_a_home_at_https_is_a_veto_wherever_it_is() -> None:
    secure, elsewhere = "https://news.example/", "https://elsewhere.example/"
    for home in ("https://news.example/blog/", "https://www.news.example/"):
        assert by_schemes(start_url("news.example"), home) == (secure, None)
    assert by_schemes(start_url("news.example/2025/storm"), secure) == (f"{secure}2025/storm", None)
    assert by_schemes(start_url("news.example"), elsewhere) == (secure, elsewhere)


@pytest.mark.parametrize("text", ["news.example/blog", "https://news.example/blog", "http://news.example/blog"])
def test_as_it_was_written_it_is_understood_again(text: str) -> None:
    url = start_url(text)
    again = start_url(as_written(url))
    assert (again, type(again)) == (url, type(url))


@pytest.mark.parametrize("text", ["", "news .example", "ftp://news.example", "https://", "https://a:b:c"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a web address; write it like https://"):
        start_url(text)


@pytest.mark.parametrize(
    "text", ["https://jane:hunter22@a.example/x", "jane:hun ter22@a.example", "hunter22@a.example"]
)
def test_one_with_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"the address of a\.example has a user name or password in it") as caught:
        start_url(text)
    assert "ter22" not in str(caught.value)
    with pytest.raises(ValueError, match="is not a web address") as caught:
        start_url("https://jane:hunt/er22@a.example:b")
    assert "er22" not in str(caught.value)


def test_a_list() -> None:
    data = "\ufeff# ours\r\nhttps://a.example\r\n\n  b.example/blog/   # the other\na.example\n".encode()
    assert urls_of_list(data, "sites.txt") == ["https://a.example/", "https://b.example/blog/"]
    assert urls_of_list(b"# nothing yet\n", "sites.txt") == []


def test_every_wrong_line_is_named() -> None:
    with pytest.raises(ValueError, match="line 2") as caught:
        urls_of_list(b"a.example\nnot a url\n\nftp://b.example # no\n", "sites.txt")
    assert str(caught.value).splitlines() == [
        "sites.txt, line 2: 'not a url' is not a web address; write it like https://news.example",
        "sites.txt, line 4: 'ftp://b.example' is not a web address; write it like https://news.example",
    ]


def test_of_many_wrong_lines_some_are_named() -> None:
    with pytest.raises(ValueError, match="line 1:") as caught:
        urls_of_list(b"no such thing\n" * 30, "photo.jpg")
    assert len(str(caught.value).splitlines()) == 21
    assert str(caught.value).endswith("\n… and 10 more")


def test_what_is_no_text() -> None:
    with pytest.raises(ValueError, match="standard input, line 2 is not UTF-8: save the list as UTF-8"):
        urls_of_list(b"a.example\ncaf\xe9.example", "standard input")


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text("a.example\n")
    assert urls_of_file(tmp_path / "sites.txt") == ["https://a.example/"]
    for name in ("missing.txt", "."):
        with pytest.raises(ValueError, match="cannot read the list of sites "):
            urls_of_file(tmp_path / name)


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_a_list_gives_web_addresses_or_says_what_is_wrong(data: bytes) -> None:
    try:
        urls = urls_of_list(data, "list")
    except ValueError as error:
        assert "list" in str(error)
    else:
        assert all(map(is_web_url, urls))

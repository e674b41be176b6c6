"""URLs: one spelling, one key, and whose they are."""

import unicodedata
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from crawler.urls import absolute_url, canonical_url, is_on_site, is_web_url, site_id, url_key

HOSTILE_URLS = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTP", "ftp", "javascript"]),
    st.one_of(
        st.sampled_from(
            ["news.example", "WWW.news.example:80", "user:pw@news.example", "[::1]:8080", "news.example:x"]
        ),
        st.text(max_size=20),
    ),
    st.one_of(
        st.text(alphabet="/\\.?#&=%;:@ aA0-é\t\ud800\x00", max_size=40).map("/{}".format),
        st.text(max_size=40),
    ),
)
ANYTHING = st.one_of(st.text(), HOSTILE_URLS)

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-äéжщ日本ع", min_size=1, max_size=12)
"""Slugs as sanitize_title_with_dashes() leaves them: lower-cased, no punctuation but hyphens."""
PATHS = st.lists(WORDS, min_size=1, max_size=3).map("/".join)


@given(ANYTHING)
def test_arbitrary_text_is_a_web_url_or_a_value_error(text: str) -> None:
    if is_web_url(text):
        canonical = canonical_url(text)
        assert is_web_url(canonical)
        assert canonical_url(canonical) == canonical
        assert url_key(canonical) == url_key(text)
    else:
        with pytest.raises(ValueError, match="not a web URL"):
            canonical_url(text)


@given(ANYTHING, ANYTHING)
def test_any_href_of_any_page_is_a_web_url_or_nothing(base: str, href: str) -> None:
    url = absolute_url(base, href)
    assert url is None or is_web_url(url)
    assert is_on_site(href, base) in (True, False)


@given(st.text(alphabet="/\\.;:@aé%", max_size=20))
def test_normalising_never_leaves_the_host(path: str) -> None:
    assert urlsplit(canonical_url(f"https://news.example/{path}")).netloc == "news.example"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example", "https://news.example/"),
        ("https://news.example:443/a/", "https://news.example/a/"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://jane:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a/#comments", "https://news.example/a/"),
        ("https://news.example/b/../a/./", "https://news.example/a/"),
        ("https://news.example//evil.example/a", "https://news.example/evil.example/a"),
        ("https://news.example/\\\\evil.example\\a", "https://news.example/evil.example/a"),
        ("https://news.example/..//evil.example/a", "https://news.example/evil.example/a"),
        ("https://news.example/d%c3%a9j%C3%A0/", "https://news.example/d%C3%A9j%C3%A0/"),
        ("https://news.example/déjà/", "https://news.example/d%C3%A9j%C3%A0/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://news.example/?utm_source=x&p=12&fbclid=y", "https://news.example/?p=12"),
        ("https://news.example/a/?replytocom=7", "https://news.example/a/"),
        ("https://news.example/a/?amp=1", "https://news.example/a/"),
        ("https://news.example/?p=12&amp", "https://news.example/?p=12"),
        ("https://news.example/a/?outputType=amp", "https://news.example/a/"),
        ("https://news.example/a/?view=list", "https://news.example/a/?view=list"),
        ("https://news.example/a/?print=print", "https://news.example/a/"),
        ("https://news.example/a/?cpage=2#comment-9", "https://news.example/a/"),
        ("https://news.example/a/?share=x&nb=1", "https://news.example/a/"),
        ("https://news.example/?b=2&a=1", "https://news.example/?a=1&b=2"),
        ("https://news.example/?s=caf%E9", "https://news.example/?s=caf%E9"),
        ("https://news.example/?preview", "https://news.example/?preview="),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "", "news.example", "/a", "mailto:a@b.example", "ftp://news.example/", "http://", "http://[::1/", "http://a:0",
        "http://:80/", "http://a b/", "http://\\\\a/", "http://a\ud800/",
    ],
)  # fmt: skip
def test_what_is_no_web_url(text: str) -> None:
    assert not is_web_url(text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "scheme": lambda url: url.replace("https://", "http://"),
    "www": lambda url: url.replace("://news", "://www.news"),
    "host case": lambda url: url.replace("news.example", "News.EXAMPLE"),
    "no trailing slash": lambda url: url.rstrip("/"),
    "default port": lambda url: url.replace(".example/", ".example:443/"),
    "percent-encoded": lambda url: quote(url, safe=":/"),
    "percent-encoded in lower case": lambda url: "https://news.example" + quote(url[20:], safe="/").lower(),
    "path case": lambda url: url[:20] + url[20:].replace("a", "A"),
    "tracking": lambda url: f"{url}?utm_source=feed&fbclid=Iw",
    "fragment": lambda url: f"{url}#more-12",
    "AMP": lambda url: f"{url}?amp=1",
    "page of comments": lambda url: f"{url}?cpage=2",
    "decomposed letters": lambda url: unicodedata.normalize("NFD", url),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(path=PATHS)
def test_two_spellings_of_one_url_meet(spelling: str, path: str) -> None:
    url = f"https://news.example/{path}/"
    assert url_key(SPELLINGS[spelling](url)) == url_key(url)


@given(
    st.from_regex(
        r"https?://[a-z0-9-]{1,9}\.[a-z]{2,5}(:[1-5]?[1-9][0-9]{3})?/([a-zA-Z0-9_~-][a-zA-Z0-9_.~-]{0,8}/){0,4}",
        fullmatch=True,
    )
)
def test_a_permalink_without_a_query_is_canonical(url: str) -> None:
    assert canonical_url(url) == canonicalize_url(url) == url


@given(PATHS, PATHS)
def test_two_slugs_never_meet(one: str, other: str) -> None:
    keys = {url_key(f"https://news.example/{path}/") for path in (one, other)}
    assert len(keys) == len({one, other})


@given(st.integers(1), st.integers(1))
def test_two_plain_permalinks_never_meet(one: int, other: int) -> None:
    keys = {url_key(f"https://news.example/?p={number}") for number in (one, other)}
    assert len(keys) == len({one, other})


@pytest.mark.parametrize("encoded", ["%2F", "%3F", "%23", "%2f", "%252F"])
def test_what_ends_a_segment_is_not_decoded(encoded: str) -> None:
    assert url_key(f"https://news.example/a{encoded}b/") != url_key(f"https://news.example/a{unquote(encoded)}b/")
    assert url_key(f"https://news.example/a{encoded}b/") == url_key(f"https://news.example/a{encoded.lower()}b")


@given(st.from_regex(r"\?(p|page_id|m)=[1-9][0-9]{0,6}", fullmatch=True), PATHS)
def test_a_plain_permalink_and_a_slug_never_meet(query: str, path: str) -> None:
    assert url_key(f"https://news.example/{query}") != url_key(f"https://news.example/{path}/")


def test_a_key_is_readable() -> None:
    assert url_key("https://www.news.example/D%C3%A9j%C3%A0-vu/?utm_medium=x#top") == "news.example/déjà-vu"
    assert url_key("http://news.example/?p=12") == "news.example?p=12"
    assert url_key("http://news.example:8080") == "news.example:8080"


def test_keys_of_undecodable_paths_stay_apart() -> None:
    assert url_key("https://news.example/caf%E9/") != url_key("https://news.example/caf%E8/")
    assert url_key("https://news.example/?s=caf%E9") != url_key("https://news.example/?s=caf%E8")


@pytest.mark.parametrize(
    ("home", "site"),
    [
        ("https://www.news.example/", "news.example"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("https://example.org/blog/", "example.org/blog"),
        ("https://example.org/blog/index.php", "example.org/blog"),
        ("https://example.org/index.php/", "example.org"),
    ],
)
def test_the_name_of_a_site(home: str, site: str) -> None:
    assert site_id(home) == site
    assert is_on_site(home, site)


@pytest.mark.parametrize(
    ("url", "site", "on_site"),
    [
        ("http://www.news.example/a/", "news.example", True),
        ("https://NEWS.example:443/a/", "news.example", True),
        ("https://example.org/blog", "example.org/blog", True),
        ("https://example.org/blogs/a", "example.org/blog", False),
        ("https://example.org/", "example.org/blog", False),
        ("https://m.news.example/", "news.example", False),
        ("https://news.example.evil.example/", "news.example", False),
        ("https://news.example@evil.example/", "news.example", False),
        ("http://127.0.0.1:8081/", "127.0.0.1:8080", False),
        ("mailto:desk@news.example", "news.example", False),
    ],
)
def test_whose_a_url_is(url: str, site: str, on_site: bool) -> None:
    assert is_on_site(url, site) is on_site


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../b/", "https://news.example/b/"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("  ?p=2 ", "https://news.example/a/?p=2"),
        ("#top", None),
        ("", None),
        (None, None),
        ("javascript:void(0)", None),
        ("mailto:desk@news.example", None),
        ("http://[broken/", None),
    ],
)
def test_links_of_a_page(href: str | None, url: str | None) -> None:
    assert absolute_url("https://news.example/a/", href) == url

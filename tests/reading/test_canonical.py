"""The post's own URL, and its others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.canonical import aliases, article_url
from crawler.reading.page import Page, parse_page
from tests.reading.build import HOME, URL, page

_CANONICAL = '<link rel="canonical" href="{}">'


@pytest.mark.parametrize(
    ("fetched", "head", "expected", "evidence"),
    [
        (f"{URL}?utm_source=x", _CANONICAL.format(URL), URL, "rel=canonical"),
        (f"{URL}amp/", _CANONICAL.format(URL), URL, "rel=canonical"),
        (f"{URL}amp/", "", URL, "fetched URL"),
        (f"{URL}?amp=1", "", URL, "fetched URL"),
        (f"{URL}print/", _CANONICAL.format(f"{URL}print/"), URL, "fetched URL"),
        (f"{URL}comment-page-1/#comment-3", _CANONICAL.format(f"{URL}comment-page-1/"), URL, "fetched URL"),
        (URL, _CANONICAL.format(HOME), URL, "fetched URL"),
        (URL, _CANONICAL.format("https://elsewhere.example/bridge/"), URL, "fetched URL"),
        (URL, _CANONICAL.format("https://news.example/?p=7"), URL, "fetched URL"),
        (
            "https://news.example/?p=7",
            _CANONICAL.format("https://news.example/?p=7"),
            "https://news.example/?p=7",
            "rel=canonical",
        ),
        (URL, f'<meta property="og:url" content="{URL}">', URL, "og:url"),
        (
            f"{HOME}x/",
            f'<script type="application/ld+json">{{"@type":"Article","url":"{URL}"}}</script>',
            URL,
            "JSON-LD url",
        ),
        ("https://cache.example/c/s/news.example/bridge", _CANONICAL.format(URL), URL, "rel=canonical"),
        ("no url", "", "no url", "fetched URL"),
    ],
)
def test_own_url(fetched: str, head: str, expected: str, evidence: str) -> None:
    found = article_url(page(head=head, url=fetched))
    assert (found.value, found.evidence) == (expected, evidence)


def test_the_root_of_a_host_is_no_post_even_where_nothing_tells_the_home() -> None:
    assert (
        article_url(parse_page(f'<html><head>{_CANONICAL.format(HOME)}</head><body class="postid-7">', URL)).value
        == URL
    )


def test_the_canonical_link_of_a_further_page_leads_to_the_first() -> None:
    post = page(
        head=_CANONICAL.format(f"{URL}2/"), url=f"{URL}2/", classes="single single-post postid-7 paged-2 single-paged-2"
    )
    assert article_url(post).value == URL


def test_aliases_are_what_the_page_itself_names() -> None:
    head = _CANONICAL.format(URL) + '<link rel="shortlink" href="https://news.example/?p=7">'
    assert aliases(page(head=head)) == ["https://news.example/?p=7"]
    assert aliases(page(head=head, url="https://news.example/old-slug/#x")) == [
        "https://news.example/old-slug/",
        "https://news.example/?p=7",
    ]
    assert aliases(page(head='<link rel="shortlink" href="https://wp.me/p1">')) == []


def test_the_canonical_link_of_a_comment_page_is_not_the_posts() -> None:
    """WordPress 6.1's block themes print one on the post's own page, with a fragment."""
    head = _CANONICAL.format(f"{URL}comment-page-3/#comments")
    assert article_url(page(head=head)).value == URL


_SLUGS = st.from_regex(r"[a-z][a-z0-9-]{2,20}", fullmatch=True).filter(
    lambda slug: slug not in {"amp", "print", "feed", "embed"}
)
_NUMBERS = st.integers(2, 99)
_VIEWS = st.sampled_from(
    ["", "amp/", "amp", "print/", "embed/", "comment-page-3/", "?amp=1", "?amp", "?share=x", "#more-7"]
)
_AMP_VIEWS = st.sampled_from(["", "amp/", "amp", "?amp=1", "?amp", "?outputType=amp"])
_FURTHER_PAGES = st.sampled_from(["{}/", "{}", "?page={}"])


def _further(number: int, view: str, url: str, head: str = "") -> Page:
    """A further page of a post, as its theme shows it or as an AMP plugin does."""
    amp = "amp" if "amp" in view else ""
    classes = f"single single-post postid-7 paged-{number} single-paged-{number}"
    return parse_page(f'<html {amp}><head>{head}</head><body class="{classes}">', url)


@given(slug=_SLUGS, view=_VIEWS)
def test_every_view_of_a_post_is_the_post(slug: str, view: str) -> None:
    own = f"{HOME}2025/12/03/{slug}/"
    assert article_url(page(url=f"{own}{view}")).value == own


@given(slug=_SLUGS, number=_NUMBERS, further=_FURTHER_PAGES, view=_AMP_VIEWS, is_named=st.booleans())
def test_every_view_of_a_further_page_is_the_post(
    slug: str, number: int, further: str, view: str, is_named: bool
) -> None:
    """Whether its canonical link names that page, as WordPress's own does, or there is none."""
    own = f"{HOME}2025/12/03/{slug}/"
    further_page = own + further.format(number)
    url = _joined(further_page, view)
    found = article_url(_further(number, view, url, _CANONICAL.format(further_page) if is_named else "")).value
    assert found == own
    assert article_url(page(url=found)).value == found


def _joined(url: str, view: str) -> str:
    """An AMP plugin's address of a page: its path or its query has one more part."""
    path, _, query = url.partition("?")
    if view.startswith("?"):
        return f"{url}&{view[1:]}" if query else url + view
    return path.rstrip("/") + (f"/{view}" if view else "/" * path.endswith("/")) + (f"?{query}" if query else "")


@given(one=_SLUGS, other=_SLUGS, views=st.tuples(_VIEWS, _VIEWS))
def test_no_views_of_two_posts_are_one(one: str, other: str, views: tuple[str, str]) -> None:
    found = [
        article_url(page(url=f"{HOME}{slug}/{view}")).value for slug, view in zip((one, other), views, strict=True)
    ]
    assert (found[0] == found[1]) == (one == other)


@given(st.integers(0, 999), st.integers(0, 999), st.booleans())
def test_slugs_that_are_numbers_are_no_pages_of_one_post(one: int, other: int, is_amp: bool) -> None:
    """Of numeric permalinks (``/archives/%post_id%/``)."""
    view = "amp/" if is_amp else ""
    found = [
        article_url(_further_of_none(f"{HOME}archives/{number}/{view}", is_amp=is_amp)).value for number in (one, other)
    ]
    assert found == [f"{HOME}archives/{one}/", f"{HOME}archives/{other}/"]


def _further_of_none(url: str, *, is_amp: bool) -> Page:
    return parse_page(f'<html {"amp" if is_amp else ""}><head></head><body class="single postid-7">', url)


@given(_SLUGS, _SLUGS)
def test_two_posts_are_never_one(one: str, other: str) -> None:
    urls = [
        article_url(page(head=_CANONICAL.format(f"{HOME}{slug}/"), url=f"{HOME}{slug}/")).value for slug in (one, other)
    ]
    assert (urls[0] == urls[1]) == (one == other)

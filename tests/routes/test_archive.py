"""What archive pages say of their posts, in the markup of many families of themes."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.page import Page, parse_page
from crawler.routes.archive import Listed, archive_links, post_candidates, read_listing

SITE = "news.example"
HOME = "https://news.example/"


def page(body: str, path: str = "category/town/", classes: str = "archive category", head: str = "") -> Page:
    return parse_page(f"<html><head>{head}</head><body class='{classes}'>{body}</body></html>", HOME + path)


def slugs(found: Page) -> list[str]:
    return [post.url.removeprefix(HOME).strip("/") for post in read_listing(found, SITE).posts]


def test_a_post_class_container_says_all() -> None:
    found = page("""
        <main><article id="post-7" class="post-7 post type-post status-publish format-standard hentry category-town">
        <h2 class="entry-title"><a href="/2025/12/03/three-loaves/?utm_source=list" rel="bookmark">Three loaves</a></h2>
        <time class="updated" datetime="2025-12-04T09:00:00+00:00">x</time>
        <time class="entry-date published" datetime="2025-12-03T04:45:00-05:00">December 3</time>
        <p>More in <a href="/2025/11/17/another/">another story</a>.</p></article></main>""")
    published = datetime(2025, 12, 3, 9, 45, tzinfo=UTC)
    expected = Listed("https://news.example/2025/12/03/three-loaves/", 7, "post", published)
    assert read_listing(found, SITE).posts == (expected,)


@pytest.mark.parametrize("value", ["", "yesterday", "2025-12-03", "2025-12-03T04:45:00", "0000-00-00T00:00:00+00:00"])
def test_a_time_without_its_zone_is_not_known(value: str) -> None:
    found = page(
        f"""<article class="post-7 post"><h2><a href="/a/">A</a></h2><time datetime="{value}">x</time></article>"""
    )
    assert read_listing(found, SITE).posts == (Listed(HOME + "a/", 7, None, None),)


LISTINGS = {
    "blocks": """<main><ul class="wp-block-post-template">
        <li class="wp-block-post post-1 post type-post"><h2 class="wp-block-post-title"><a href="/a/">A</a></h2></li>
        <li class="wp-block-post post-2 post type-post"><h2 class="wp-block-post-title"><a href="/b/">B</a></h2></li>
        </ul></main>""",
    "an id alone": """<div id="content"><article id="post-1" class="col"><h3><a href="/a/">A</a></h3></article>
        <article id="post-2" class="col"><h3><a href="/b/">B</a></h3></article></div>""",
    "no ids": """<main><article class="post"><h2 class="entry-title"><a href="/a/">A</a></h2></article>
        <article class="post"><h2 class="entry-title"><a href="/b/">B</a></h2></article></main>""",
    "heading in the link": """<main><article class="card"><a href="/a/"><img alt=""><h2>A</h2></a></article>
        <article class="card"><a href="/b/"><img alt=""><h2>B</h2></a></article></main>""",
    "modules": """<div class="td-main-content"><div class="td_module_10"><a href="/a/"><img alt=""></a>
        <h3 class="entry-title"><a href="/a/" rel="bookmark">A</a></h3></div><div class="td_module_10">
        <h3 class="entry-title"><a href="/b/" rel="bookmark">B</a></h3></div></div>
        <div class="td-main-sidebar"><div class="td_module_6"><h3 class="entry-title"><a href="/z/">Z</a></h3></div>
        <div class="td_module_6"><h3 class="entry-title"><a href="/y/">Y</a></h3></div>
        <div class="td_module_6"><h3 class="entry-title"><a href="/x/">X</a></h3></div></div>""",
    "titles that are no headings": """<div class="list">
        <div class="row"><p class="post-title"><a href="/a/">A</a></p></div>
        <div class="row"><p class="post-title"><a href="/b/">B</a></p></div></div>""",
    "the category above the title": """<main>
        <article class="post-1 post"><h5><a href="/category/town/">Town</a></h5><h2><a href="/a/">A</a></h2></article>
        <article class="post-2 post"><h5><a href="/t/" rel="category">T</a></h5><h2><a href="/b/">B</a></h2></article>
        </main>""",
    "no titles": """<main><article class="post-1 post format-aside"><p>So it is. <a href="/about-it/">1</a></p>
        <a href="/a/" rel="bookmark"><time>May 1</time></a></article>
        <article class="post-2 post"><a href="/b/"><img alt=""></a><a href="/b/#comments">2</a></article></main>""",
    "titles that lead elsewhere": """<main><article class="post-1 post"><h2><a href="https://other.example/">A</a></h2>
        <a href="/a/" rel="bookmark">May 1</a></article>
        <article class="post-2 post"><h2><a href="#">B</a></h2><a href="/b/">Read more</a></article></main>""",
    "a layout class around all": """<div class="content left-sidebar"><h1>Town</h1>
        <div class="post-1 post"><h2><a href="/a/">A</a></h2></div>
        <div class="post-2 post"><h2><a href="/b/">B</a></h2></div></div>""",
    "a list within an article": """<article class="page-wrap">
        <div class="post-1 hentry"><h2><a href="/a/">A</a></h2></div>
        <div class="post-2 hentry"><h2><a href="/b/">B</a></h2></div></article>""",
}


@pytest.mark.parametrize("family", LISTINGS)
def test_families_of_listings(family: str) -> None:
    assert slugs(page(LISTINGS[family])) == ["a", "b"]


BESIDE = {
    "sidebar": '<aside class="sidebar"><article class="post-9 post"><h3><a href="/z/">Z</a></h3></article></aside>',
    "recent posts": '<section class="widget widget_recent_entries"><ul><li><a href="/z/">Z</a></li></ul></section>',
    "widget": '<div class="widget"><article class="post-9 post"><h2><a href="/z/">Z</a></h2></article></div>',
    "slider": '<div class="flexslider"><ul><li class="post-9 post"><h2><a href="/z/">Z</a></h2></li></ul></div>',
    "ticker": '<div class="mg-latest-news-ticker"><div class="post-9 post"><h2><a href="/z/">Z</a></h2></div></div>',
    "missed": '<div class="missed-inner"><article class="post-9 post"><h4><a href="/z/">Z</a></h4></article></div>',
    "related": '<div class="related-posts"><article class="post-9 post"><h4><a href="/z/">Z</a></h4></article></div>',
    "menu": '<nav><ul class="menu"><li class="post-9 post"><h4><a href="/z/">Z</a></h4></li></ul></nav>',
    "footer": '<footer><article class="post-9 post"><h4><a href="/z/">Z</a></h4></article></footer>',
    "latest posts": '<ul class="wp-block-latest-posts"><li class="post-9 post"><h4><a href="/z/">Z</a></h4></li></ul>',
    "slides": '<div id="post-9" class="slide"><h2><a href="/z/">Z</a></h2></div>',
}


@pytest.mark.parametrize("path", ["archives/1999", "2024", "1234/", "category/town/a-post/", "?p=7", "2024/05/12-2/"])
def test_a_title_links_to_its_post_whatever_the_address(path: str) -> None:
    found = page(f"""<div class="post" id="post-7"><h5><a href="/category/town/">Town</a></h5>
        <h2 class="entry-title"><a href="/{path}">A</a></h2></div>""")
    assert [(post.url, post.wp_id) for post in read_listing(found, SITE).posts] == [(HOME + path, 7)]


@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_beside_the_listing_is_not_of_it(beside: str) -> None:
    found = page(BESIDE[beside] + LISTINGS["blocks"] + BESIDE[beside])
    assert slugs(found) == ["a", "b"]


def test_of_several_query_loops_an_archive_shows_one() -> None:
    more = '<li class="wp-block-post post-9 post"><h2><a href="/z/">Z</a></h2></li>'
    latest = f'<div class="wp-block-query"><ul>{more}</ul></div>'
    main = f'<div class="wp-block-query">{LISTINGS["blocks"]}</div>'
    pager = '<nav class="wp-block-query-pagination"></nav>'
    paged = f'<div class="wp-block-query">{LISTINGS["blocks"]}{pager}</div>'
    assert slugs(page(main + latest)) == ["a", "b"]
    assert slugs(page(latest + paged)) == ["a", "b"]
    assert slugs(page(main + latest, "", "home blog")) == ["a", "b", "z"]


def test_a_term_called_trending_does_not_hide_its_posts() -> None:
    found = page(f'<div class="archive-wrap category-trending">{LISTINGS["blocks"]}</div>')
    assert slugs(found) == ["a", "b"]


def test_a_page_among_search_results_keeps_its_type() -> None:
    found = page('<article class="post-2 page type-page hentry"><h2><a href="/about/">About</a></h2></article>')
    assert [(post.type, post.wp_id) for post in read_listing(found, SITE).posts] == [("page", 2)]


def test_posts_come_once_and_in_order() -> None:
    sticky = '<article class="post-2 post sticky"><h2><a href="/b/">B</a></h2></article>'
    assert slugs(page(f"<main>{sticky}{LISTINGS['blocks']}</main>")) == ["b", "a"]


def test_a_single_post_lists_nothing() -> None:
    body = """<article id="post-5" class="post-5 post type-post hentry"><h1 class="entry-title">A</h1>
        <p><a href="/b/">Read this too</a></p></article>
        <nav class="post-navigation"><a class="next page-numbers" rel="next" href="/c/">C</a></nav>"""
    listing = read_listing(page(body, "a/", "single single-post postid-5"), SITE)
    assert (listing.posts, listing.older) == ((), None)


def test_a_page_with_a_list_is_not_in_its_own_list() -> None:
    body = f"""<article id="post-4" class="post-4 page type-page hentry"><h1>News</h1></article>{LISTINGS["blocks"]}
        <div><article class="post-4 page type-page"><a href="/somewhere/">Somewhere</a></article></div>"""
    assert slugs(page(body, "news/", "page page-id-4")) == ["a", "b"]


def test_a_page_may_list_posts_within_itself() -> None:
    body = f"""<article id="post-4" class="post-4 page type-page hentry"><h1>News</h1>{LISTINGS["heading in the link"]}
        <p><a href="/somewhere/">Somewhere</a></p></article>"""
    assert slugs(page(body, "", "home page page-id-4")) == ["a", "b"]


@pytest.mark.parametrize("body", ["", "<p>Nothing was found.</p>", "<main><h1><a href='/'>News</a></h1></main>"])
def test_an_empty_page_lists_nothing(body: str) -> None:
    listing = read_listing(page(body), SITE)
    assert (listing.posts, listing.older) == ((), None)


def test_archives_are_told_by_relation_class_widget_and_address() -> None:
    found = page("""
        <ul class="menu">
        <li class="menu-item menu-item-type-taxonomy menu-item-object-category"><a href="/town/">T</a></li>
        <li class="menu-item menu-item-object-page"><a href="/about/">About</a></li></ul>
        <a rel="category tag" href="/c1/">1</a> <a rel="tag" href="/t1/">2</a>
        <a rel="author" href="/people/jane/">3</a>
        <span class="cat-links"><a href="/c2/">4</a></span> <div class="wp-block-post-terms"><a href="/c3/">5</a></div>
        <ul class="wp-block-archives"><li><a href="/alt/2024-05/">6</a></li></ul>
        <div class="tagcloud"><a href="/t2/">7</a></div> <a href="/category/x/y/">8</a> <a href="/tag/z/page/3/">9</a>
        <a href="/author/joe/">10</a> <a href="/2024/">11</a> <a href="/2024/05/">12</a>
        <a href="/?cat=3&amp;paged=2">13</a>
        <a href="/?author=2">14</a> <a href="/?m=202405">15</a>
        <select name="cat"><option value="-1">Choose</option><option value="12">X</option></select>
        <select name="archive-dropdown"><option value="">Choose</option>
        <option value="https://news.example/2023/01/">J</option></select>
        <a href="/category/x/feed/">no</a> <a href="/2024/05/06/">no</a>
        <a rel="tag" href="https://other.example/t/">no</a>
        <a href="/a-post/">no</a>""")
    paths = [url.removeprefix(HOME) for url in archive_links(found, SITE)]
    assert paths == [
        *("town/", "c1/", "t1/", "people/jane/", "c2/", "c3/", "alt/2024-05/", "t2/", "category/x/y/", "tag/z/"),
        *("author/joe/", "2024/", "2024/05/", "?cat=3", "?author=2", "?m=202405", "?cat=12", "2023/01/"),
    ]


def test_candidates_are_all_other_links_of_the_site() -> None:
    found = page("""
        <ul><li class="menu-item menu-item-object-page"><a href="/about/">About</a></li></ul>
        <a href="/">Home</a> <a href="/one/">1</a> <a href="/one/#comments">1</a> <a href="?p=9">9</a>
        <a href="/two/">2</a>
        <a href="/category/town/">this</a> <a href="/tag/x/">x</a> <a rel="tag" href="/y/">y</a>
        <a href="/page/2/">more</a>
        <a href="/feed/">feed</a> <a href="/one/?replytocom=3">reply</a> <a href="https://other.example/">other</a>""")
    assert [url.removeprefix(HOME) for url in post_candidates(found, SITE)] == ["one/", "category/town/?p=9", "two/"]


def test_hostile_class_names_cost_no_time() -> None:
    names = " ".join(
        f"{word * 20_000}{end}" for word in ("a_", "a-", "title_", "load-more", "-") for end in ("", "slider", "?")
    )
    hostile = (
        f'<div class="{names}" id="{"a_" * 9000}?"><h2 class="{names}"><a class="{names}" href="/a/2/">2</a></h2></div>'
    )
    started = time.process_time()
    read_listing(page(hostile), SITE)
    assert time.process_time() - started < 1


FRAGMENTS = [
    *LISTINGS.values(),
    *BESIDE.values(),
    "<main>",
    "</article>",
    '<a href="http://[">',
    '<a href="//">',
    "<h2>",
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=30), max_size=8))
def test_any_markup_gives_urls_of_the_site(parts: list[str]) -> None:
    found = page("".join(parts))
    listing = read_listing(found, SITE)
    urls = [post.url for post in listing.posts] + archive_links(found, SITE) + post_candidates(found, SITE)
    assert all(url.startswith((HOME, "http://news.example/", "https://www.news.example/")) for url in urls)


def test_the_further_pages_of_a_post_are_no_candidates() -> None:
    pager = '<p class="page-links"><a class="post-page-numbers" href="/a-walk/2/">2</a> <a href="/a-walk/">back</a></p>'
    assert post_candidates(page(pager), SITE) == [f"{HOME}a-walk/"]

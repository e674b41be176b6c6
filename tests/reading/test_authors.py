"""Authors: which evidence is believed."""

import pytest

from crawler.reading.authors import authors
from tests.reading.build import article, page

_LD = '<script type="application/ld+json">{{"@type":"Article","author":{}}}</script>'


@pytest.mark.parametrize(
    ("head", "inside", "names", "evidence"),
    [
        (
            "",
            '<span class="author vcard"><a class="url fn n" href="/author/admin/">admin</a></span>',
            ["admin"],
            "author card",
        ),
        (
            "",
            (
                '<span class="byline"><span class="author vcard">'
                '<a class="fn" href="/author/jane/">Jane Doe</a></span> and '
                '<span class="author vcard"><a class="fn" href="/author/john/">John Roe</a></span></span>'
            ),
            ["Jane Doe", "John Roe"],
            "author card",
        ),
        (
            _LD.format('[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}]'),
            "",
            ["Jane Doe", "John Roe"],
            "JSON-LD author",
        ),
        (_LD.format('"Jane Doe"'), '<a rel="author" href="/author/jd/">jd</a>', ["Jane Doe"], "JSON-LD author"),
        ("", '<b itemprop="author" itemscope><i itemprop="name">Jane Doe</i></b>', ["Jane Doe"], "itemprop author"),
        ("", '<a rel="author" href="/author/jane/">Jane Doe</a>', ["Jane Doe"], "rel=author"),
        ("", '<div class="mystery"><a href="/author/jane/">Jane Doe</a></div>', ["Jane Doe"], "author archive link"),
        ("", '<p class="byline">By Jane Doe, Staff Writer</p>', ["Jane Doe"], "byline"),
        ("", '<div class="hero__author-line">Written by Jane Doe</div>', ["Jane Doe"], "byline around the body"),
        ("", "<div><p>By Jane Doe</p></div>", ["Jane Doe"], "By …"),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">',
            "",
            ["Jane Doe"],
            "Written by",
        ),
        ('<meta name="author" content="Jane Doe">', "", ["Jane Doe"], "meta author"),
    ],
)
def test_evidence(head: str, inside: str, names: list[str], evidence: str) -> None:
    found = authors(page(article(inside), "<title>Bridge opens</title>" + head))
    assert found is not None
    assert (found.value, found.evidence) == (names, evidence)


def test_a_social_profile_is_no_name() -> None:
    assert (
        authors(page(article(""), '<meta property="article:author" content="https://www.facebook.com/jane">')) is None
    )


def test_commenters_and_other_posts_authors_are_not_the_posts() -> None:
    comment = '<div id="comments"><div class="comment-author vcard"><b class="fn">Troll</b></div></div>'
    card = '<aside><span class="author vcard"><a class="fn" href="/author/x/">Xaver Yilmaz</a></span></aside>'
    assert authors(page(article("") + comment + card)) is None


def test_the_sites_own_name_gives_way_to_a_person() -> None:
    head = '<meta property="og:site_name" content="The Example News">' + _LD.format('{"name":"The Example News"}')
    found = authors(page(article('<p class="byline">By Jane Doe</p>'), head))
    assert found is not None
    assert found.value == ["Jane Doe"]
    alone = authors(page(article(""), head))
    assert alone is not None
    assert alone.value == ["The Example News"]


def test_a_first_name_is_completed_by_other_evidence() -> None:
    card = '<span class="author vcard"><a class="fn">Jane</a></span>'
    found = authors(page(article(card), '<meta name="author" content="Jane Doe">'))
    assert found is not None
    assert found.value == ["Jane Doe"]


def test_the_author_box_below_the_post_when_nothing_else_names_the_author() -> None:
    box = '<div class="author-bio"><h2 class="author-title">By José Carreño</h2><p>Writes about boats.</p></div>'
    found = authors(page(f'<article class="post-7">{article("")}{box}</article>'))
    assert found is not None
    assert (found.value, found.evidence) == (["José Carreño"], "author box")


def test_a_page_builders_author_box_names_its_part() -> None:
    box = '<div><h4 class="elementor-author-box__name">Jane Doe (Editor)</h4><p>Writes about boats.</p></div>'
    found = authors(page(article("") + box))
    assert found is not None
    assert (found.value, found.evidence) == (["Jane Doe"], "author box")


_ANN, _BO = '<a href="/author/ann/">Ann Lee</a>', '<a href="/author/bo/">Bo Diaz</a>'


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        (f'<p class="byline">By {_ANN} and {_BO}</p>', ["Ann Lee", "Bo Diaz"]),
        (f"<p>Von {_ANN} und {_BO}</p>", ["Ann Lee", "Bo Diaz"]),
        (f"<ul><li><b>{_ANN}</b>, </li><li><b>{_BO}</b></li></ul>", ["Ann Lee", "Bo Diaz"]),
        (f"<p>By {_ANN}, photographs by {_BO}</p>", ["Ann Lee"]),
        (f"<p>By {_ANN}</p><p>Another tale from the river, by {_BO}</p>", ["Ann Lee"]),
    ],
)
def test_who_is_linked_together_wrote_together(inside: str, names: list[str]) -> None:
    found = authors(page(article(inside)))
    assert found and found.value == names


@pytest.mark.parametrize(
    ("author", "inside", "names"),
    [
        ('"Ann Lee"', f'<p class="byline">By {_ANN} and {_BO}</p>', ["Ann Lee", "Bo Diaz"]),
        ('"Ann Lee"', '<p class="byline">By Ann Lee and Bo Diaz</p>', ["Ann Lee", "Bo Diaz"]),
        ('"Cy Poe"', f'<p class="byline">By {_ANN} and {_BO}</p>', ["Cy Poe"]),
        ('{"@type":"Organization","name":"Gazette"}', '<p class="byline">By Ann Lee</p>', ["Ann Lee"]),
        ('{"@type":"Organization","name":"Gazette"}', '<p class="byline">By Gazette</p>', ["Gazette"]),
    ],
)
def test_the_byline_names_whom_structured_data_leaves_out(author: str, inside: str, names: list[str]) -> None:
    found = authors(page(article(inside), _LD.format(author)))
    assert found and found.value == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p><em>By Rosalind Kemp, special to the Herald</em></p>", ["Rosalind Kemp"]),
        ("<p>Von Petra Maaß</p>", ["Petra Maaß"]),
        ("<p>By Ann Lee and Bo van der Diaz</p>", ["Ann Lee", "Bo van der Diaz"]),
        ("<h4>By The Numbers</h4>", None),
        ("<p>Von Anfang an dabei</p>", None),
        ("<p>By Ann Lee came the first word of it, and by Bo Diaz came the second.</p>", None),
    ],
)
@pytest.mark.parametrize("shown", ["", '<a rel="author" href="/author/admin/">admin</a>'])
def test_the_line_that_begins_the_body_names_who_wrote_it(line: str, shown: str, names: list[str] | None) -> None:
    post = article(shown).replace('<div class="entry-content">', f'<div class="entry-content">{line}')
    found = authors(page(post))
    assert (found.value if found else []) == (names or (["admin"] if shown else []))


def test_the_line_that_begins_the_body_does_not_outweigh_a_person() -> None:
    post = article(_ANN).replace('<div class="entry-content">', '<div class="entry-content"><p>By Bo Diaz</p>')
    found = authors(page(post))
    assert found and found.value == ["Ann Lee"]


@pytest.mark.parametrize(
    ("href", "names"),
    [
        ("/author/jane", ["Jane Doe"]),
        ("https://news.example/en/team/jane/", ["Jane Doe"]),
        ("/?author=3", ["Jane Doe"]),
        ("/?co-author=3", []),
        ("/author/", []),
        ("/author/jane/feed/", []),
        ("author/jane", []),
    ],
)
def test_addresses_of_authors_archives(href: str, names: list[str]) -> None:
    found = authors(page(article(inside=f'<div class="mystery"><a href="{href}">Jane Doe</a></div>')))
    assert (found.value if found else []) == names


@pytest.mark.parametrize(
    "line",
    [
        'Posted in <a href="/category/news/">News</a> by Jane Doe',
        'Filed under <a href="/category/news/">News</a>, <a href="/category/x/">X</a> by Jane Doe on May 3, 2025',
    ],
)
def test_the_categories_before_a_name(line: str) -> None:
    found = authors(page(article(f'<p class="entry-meta">{line}</p>'), "<title>Bridge opens</title>"))
    assert found is not None
    assert found.value == ["Jane Doe"]

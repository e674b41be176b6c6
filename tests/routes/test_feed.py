"""What the posts of a feed are, and what a feed says of itself."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.routes.candidates import Candidate, Role
from crawler.routes.feed import Feed, parse_feed, tell_apart
from crawler.routes.xmlfile import UnreadableXml

from .feeds import CUT, FEED, NAMESPACES, SITE, STORY, TEXT, URL, atom, item, rss

PUBLISHED = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)


def read(body: bytes) -> Feed:
    return parse_feed(body, FEED, SITE)


def only(body: bytes) -> Candidate:
    (candidate,) = read(body).candidates
    return candidate


def test_a_post_with_all_its_fields() -> None:
    found = only(rss(item()))
    assert (found.url, found.role, found.route, found.wp_id) == (URL, Role.POST, "feed", 7)
    assert (found.published_at, found.modified_at, found.labels) == (PUBLISHED, None, ("Local", "harbour"))
    article = found.article
    assert article is not None
    assert (article.site, article.url, article.wp_id, article.type) == (SITE, URL, 7, "post")
    assert (article.title, article.authors, article.text) == ("Ferry ’lost’ in fog & rain", ["Jane Doe"], TEXT)
    assert (article.published_at, article.modified_at, article.comment_count) == (PUBLISHED, None, 3)
    assert (article.categories, article.tags, article.excerpt, article.page_count) == ([], [], None, None)
    assert (article.language, article.access, article.word_count) == ("en-GB", "open", 37)
    assert article.source.route == "feed"


def test_atom_tells_the_modification_too() -> None:
    found = only(atom())
    assert (found.url, found.wp_id, found.labels) == (URL, 7, ("Local", "harbour"))
    assert (found.published_at, found.modified_at) == (PUBLISHED, datetime(2026, 5, 5, 10, tzinfo=UTC))
    article = found.article
    assert article is not None
    assert (article.title, article.authors, article.comment_count) == ("Ferry & fog", ["Jane Doe"], 3)
    assert (article.text, article.language) == (TEXT, "de-DE")


def test_atom_content_as_xhtml_and_as_text() -> None:
    xhtml = only(atom(f'<div xmlns="http://www.w3.org/1999/xhtml">{STORY}</div>', "xhtml")).article
    text = only(atom("Five < six, and the ferry is late again today, says the harbour master's own deputy.", "text"))
    assert xhtml is not None
    assert xhtml.text == TEXT
    assert text.article is not None
    assert text.article.text == "Five < six, and the ferry is late again today, says the harbour master's own deputy."


def test_rss_1() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title></channel><item><title>Ferry</title>'
        f"<link>{URL}</link><dc:date>2026-05-04T08:30:00Z</dc:date><dc:creator>Jane Doe</dc:creator>"
        f"<dc:subject>Local</dc:subject><description>Short.</description></item></rdf:RDF>"
    )
    feed = read(body.encode())
    assert feed.title == "News"
    (found,) = feed.candidates
    assert (found.url, found.published_at, found.labels, found.article) == (URL, PUBLISHED, ("Local",), None)


def test_what_a_feed_says_of_itself() -> None:
    head = (
        '<atom:link href="https://news.example/feed/" rel="self"/><atom:link rel="hub" href="https://hub.example/"/>'
        '<cloud domain="news.example" port="80" path="/?rsscloud=notify" registerProcedure="" protocol="http-post"/>'
    )
    feed = read(rss(item(), head=head))
    assert (feed.title, feed.language) == ("The Example News", "en-GB")
    assert (feed.self_url, feed.hubs) == (FEED, ("https://hub.example/",))
    assert feed.cloud is not None
    assert (feed.cloud["path"], feed.cloud["protocol"]) == ("/?rsscloud=notify", "http-post")
    assert feed.built_at == datetime(2026, 5, 4, 9, tzinfo=UTC)
    assert (read(atom()).language, read(atom()).self_url) == ("de-DE", "https://news.example/feed/atom/")


@pytest.mark.parametrize(
    ("guid", "wp_id", "kind"),
    [
        ("https://news.example/?post_type=event&#038;p=12", 12, "event"),
        ("http://www.news.example/?p=12", 12, "post"),
        ("https://staging.example/?p=12", None, None),
        ("https://news.example/2026/05/04/ferry/", None, None),
        ("12", None, None),
    ],
)
def test_the_id_is_taken_from_a_guid_of_this_site(guid: str, wp_id: int | None, kind: str | None) -> None:
    body = rss(item()).replace(b"https://news.example/?p=7", guid.encode())
    found = only(body)
    assert found.wp_id == wp_id
    assert found.article is not None
    assert found.article.type == kind


def test_plain_permalinks_tell_the_id() -> None:
    found = only(rss(item(link="https://news.example/?p=9")).replace(b"https://news.example/?p=7", b"x"))
    assert (found.url, found.wp_id) == ("https://news.example/?p=9", 9)


def test_addresses_of_proxies_and_campaigns_are_undone() -> None:
    origin = f"<feedburner:origLink>{URL}</feedburner:origLink>"
    feeds = rss(item(link="https://feedproxy.example/~r/x", more=origin)), rss(item(link=f"{URL}?utm_source=rss"))
    assert [only(body).url for body in feeds] == [URL, URL]


def test_what_cannot_be_fetched_is_counted() -> None:
    links = ("https://other.example/x/", "https://news.example/", "mailto:x@news.example", URL, f"{URL}?utm_medium=rss")
    feed = read(rss(*(item(link=link) for link in links)))
    assert [candidate.url for candidate in feed.candidates] == [URL]
    assert feed.dropped == Counter(offsite=1, home=1, scheme=1, repeated=1)


def test_a_protected_post_has_no_text() -> None:
    form = '<form class="post-password-form"><p>Secret? Enter it.</p><input name="post_password"></form>'
    body = rss(item(form, "There is no excerpt because this is a protected post."))
    article = only(body.replace(b"<title>Ferry", b"<title>Protected: Ferry")).article
    assert article is not None
    assert (article.access, article.text, article.excerpt, article.html) == ("password", None, None, None)
    assert article.title == "Ferry ’lost’ in fog & rain"


def test_e_mail_addresses_are_no_authors() -> None:
    found = only(rss(item(more="<author>jane@news.example (Jane)</author>")).replace(b"Jane Doe", b"j@news.example"))
    assert found.article is not None
    assert found.article.authors == []


def test_a_page_that_lists_nothing_new_is_behind_the_end() -> None:
    first, second = read(rss(item(id_=7))), read(rss(item(id_=8)))
    assert first.goes_on()
    assert second.goes_on(first.listed)
    assert not first.goes_on(first.listed)
    assert not read(rss()).goes_on()


def test_undeclared_prefixes_and_entities_are_understood() -> None:
    body = rss(item(), namespaces="").replace(b"Ferry ", b"Caf&eacute; & Ferry ")
    article = only(body).article
    assert article is not None
    assert (article.title, article.text) == ("Café & Ferry ’lost’ in fog & rain", TEXT)


def test_characters_that_xml_forbids_are_passed_over() -> None:
    body = b"\n<br />Warning: something\n" + rss(item(), item(link=f"{URL}b/")).replace(b"fog", b"f\x0bo\x00g&#x1F;")
    article = read(body).candidates[1].article
    assert article is not None
    assert article.title == "Ferry ’lost’ in fog & rain"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    text = rss(item("<p>Über dem Fluss</p>" + STORY)).decode().replace("UTF-8", encoding).replace("&#8217;", "'")
    article = only(text.encode(encoding)).article
    assert article is not None
    assert article.text == f"Über dem Fluss\n\n{TEXT}"


def test_of_a_file_cut_short_the_last_content_is_not_believed() -> None:
    whole = rss(item(), item(STORY * 2, link=f"{URL}b/"))
    feed = read(whole[: whole.rindex(b"forty")])
    assert [bool(candidate.article) for candidate in feed.candidates] == [True, False]
    assert [bool(candidate.article) for candidate in read(whole + b"\n<!-- cached -->").candidates] == [True, True]


def test_entities_are_not_expanded() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    body = rss(item()).replace(b"<rss", doctype.encode() + b"<rss").replace(b"Ferry", b"&a;&b;Ferry")
    article = only(body).article
    assert article is not None
    assert article.title == "&a;&b;Ferry ’lost’ in fog & rain"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!doctype html><title>404</title>", "not-xml"),
        (b"{}", "not-xml"),
        (b" " * 10_000_001, "too-large"),
        (b"\x1f\x8b\x08" + b"x" * 20, "bad-gzip"),
    ],
    ids=["nothing", "blank", "page", "json", "large", "gzip"],
)
def test_what_is_no_feed_is_refused_by_name(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableXml, match=f"^{reason}$"):
        read(body)


def test_labels_are_told_apart_by_the_names_that_the_site_uses() -> None:
    assert tell_apart(("Local", "harbour"), {"Local", "World"}, {"harbour"}) == (["Local"], ["harbour"])
    assert tell_apart(("Local", "harbour"), {"Local"}, set()) is None
    assert tell_apart(("Local",), {"Local"}, {"Local"}) is None


def test_summaries_only() -> None:
    feed = read(rss(item(None), item(None, "The ferry was late.", link=f"{URL}b/"), namespaces=NAMESPACES))
    assert [candidate.article for candidate in feed.candidates] == [None, None]
    assert only(rss(item(CUT, CUT))).article is None

"""One way to write it, and always something that MongoDB can hold."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import bson
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents import to_document
from crawler.identity import content_hash
from crawler.items import Article, Embed, Image, Link, Missing, Source
from crawler.reading.text import indented
from pipelines.normalise import CLOCK_SKEW, Normalise, names, normalise, one_line, paragraphs

from ..examples import HOME, NOW, SITE, an_article

ODD = st.characters(exclude_categories=()) | st.sampled_from("\x00\ud800\udfff\ufffe\r\n\t \u00a0\u2028\u0301é$.🙂")
TEXTS = st.text(alphabet=ODD, max_size=30)
MAYBE = st.none() | TEXTS
NAMES = st.lists(TEXTS, max_size=4)
URLS = TEXTS | TEXTS.map((HOME + "/").__add__)
NUMBERS = st.none() | st.integers(0, 2**31)
MOMENTS = st.none() | st.datetimes(timezones=st.none() | st.timezones())
SOURCES = st.builds(Source, route=MAYBE, status=NUMBERS, etag=MAYBE, last_modified=MAYBE, theme=MAYBE, generator=MAYBE)
IMAGES = st.builds(Image, url=URLS, alt=MAYBE, caption=MAYBE, width=NUMBERS, height=NUMBERS)
ARTICLES = st.builds(
    Article,
    site=TEXTS, url=TEXTS.map((HOME + "/").__add__), wp_id=NUMBERS, type=MAYBE, aliases=st.lists(URLS, max_size=3),
    title=MAYBE, excerpt=MAYBE, authors=NAMES, published_at=MOMENTS, modified_at=MOMENTS, categories=NAMES, tags=NAMES,
    language=MAYBE, text=MAYBE, html=MAYBE, images=st.lists(IMAGES, max_size=2),
    embeds=st.lists(st.builds(Embed, url=URLS, kind=st.just("video")), max_size=2),
    links=st.lists(st.builds(Link, url=URLS, text=TEXTS), max_size=2),
    previous_url=st.none() | URLS, next_url=st.none() | URLS, source=SOURCES,
)  # fmt: skip


@given(ARTICLES)
def test_whatever_was_read_can_be_stored(article: Article) -> None:
    document = to_document(normalise(article, NOW))
    options: bson.CodecOptions[dict[str, object]] = bson.CodecOptions(tz_aware=True)
    assert bson.decode(bson.encode(document), options) == document


@given(ARTICLES)
def test_what_is_normalised_stays(article: Article) -> None:
    once = normalise(article, NOW)
    assert normalise(once, NOW) == once


@given(ARTICLES)
def test_the_reading_itself_is_left_alone(article: Article) -> None:
    before = replace(article)
    normalise(article, NOW)
    assert article == before


def test_an_article_in_one_way() -> None:
    read = an_article(
        url="HTTPS://news.example:443/bridge/?utm_source=feed#more",
        aliases=[f"{HOME}/bridge/#comments", f"{HOME}/?p=12", f"{HOME}/?p=12&fbclid=x", "mailto:desk@news.example"],
        title="  The\u00a0bridge\n stays\x00 ",
        excerpt=" \n ",
        authors=["Jane  Doe", " ", "Jane Doe", "Zoe\u0308"],
        categories=["Town", "Town "],
        text="One.\r\n \r\n\r\n  Two,\x0b with   a\ttab. \nSame block.\n\n\n",
        previous_url=f"{HOME}/older/?utm_medium=x",
        next_url="javascript:void(0)",
        images=[Image(url=f"{HOME}/a.jpg", alt="A\ud800 bridge")],
    )
    article = normalise(read, NOW)
    assert article.url == f"{HOME}/bridge/"
    assert article.aliases == [f"{HOME}/?p=12"]
    assert article.title == "The bridge stays"
    assert article.excerpt is None
    assert article.authors == ["Jane Doe", "Zoë"]
    assert article.categories == ["Town"]
    assert article.text == "One.\n\n  Two, with a tab.\nSame block."
    assert article.content_hash == content_hash(article.text)
    assert (article.previous_url, article.next_url) == (f"{HOME}/older/", None)
    assert article.images == [Image(url=f"{HOME}/a.jpg", alt="A bridge")]


@pytest.mark.parametrize(
    ("read", "stored"),
    [
        (datetime(2025, 12, 3, 19, 30, tzinfo=timezone(timedelta(hours=2))), datetime(2025, 12, 3, 17, 30, tzinfo=UTC)),
        (NOW + CLOCK_SKEW, NOW + CLOCK_SKEW),
        (NOW + CLOCK_SKEW + timedelta(seconds=1), None),
        (datetime(2025, 12, 3, 19, 30), None),  # noqa: DTZ001 - a time without a zone is what this is about
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), None),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-2))), None),
        (datetime(1969, 7, 20, 20, 17, tzinfo=UTC), datetime(1969, 7, 20, 20, 17, tzinfo=UTC)),
        (None, None),
    ],
)
def test_moments(read: datetime | None, stored: datetime | None) -> None:
    article = normalise(an_article(published_at=read, modified_at=read), NOW)
    assert article.published_at == article.modified_at == stored
    assert stored is None or (article.published_at and article.published_at.tzinfo is UTC)


def test_a_time_that_is_not_believed_has_no_precision() -> None:
    told, untold = (
        normalise(an_article(published_at=moment, published_precision="day"), NOW)
        for moment in (NOW, NOW + 9 * CLOCK_SKEW)
    )
    assert (told.published_precision, untold.published_precision) == ("day", None)


def test_an_article_without_text_has_no_hash() -> None:
    article = normalise(an_article(text=" \n ", access="password"), NOW)
    assert (article.text, article.content_hash, article.access) == (None, None, "password")


def test_a_url_that_is_none_is_no_article() -> None:
    with pytest.raises(ValueError, match="not a web URL"):
        normalise(Article(site=SITE, url="about:blank"), NOW)


def test_five_megabytes_take_no_longer_than_they_must() -> None:
    hostile = "\n \n\t\u00a0" * 500_000 + "word " * 500_000 + " " * 500_000
    started = time.process_time()
    article = normalise(an_article(text=hostile), NOW)
    assert article.text == "word " * 499_999 + "word"
    assert time.process_time() - started < 10


@pytest.mark.parametrize(("read", "line"), [(" a\n\tb\u2003c ", "a b c"), ("\n", None), ("", None), (None, None)])
def test_one_line(read: str | None, line: str | None) -> None:
    assert one_line(read) == line


def test_names() -> None:
    assert names(["B", "a", "", "B ", "a\nb"]) == ["B", "a", "a b"]


@pytest.mark.parametrize(
    ("read", "blocks"),
    [
        ("a\nb", "a\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        (" a  b \n \n c ", "a b\n\n c"),
        ("\n\n", None),
        (None, None),
    ],
)
def test_paragraphs(read: str | None, blocks: str | None) -> None:
    assert paragraphs(read) == blocks


@given(st.text(alphabet=" a\n\t\u00a0\u2028é", max_size=12))
def test_all_paragraphs_are_parted_in_one_way(text: str) -> None:
    lines = "\n".join(map(indented, text.split("\n")))
    assert paragraphs(text) == (re.sub(r"\n{3,}", "\n\n", lines).strip() or None)


@given(TEXTS, st.sampled_from("\x00\x1f\x7f\ud800\ufdd0\ufdef\ufffe\uffff"))
def test_what_no_database_holds_is_left_out(text: str, character: str) -> None:
    clean = normalise(replace(an_article(), title=f"a{text}{character}{text}"), NOW).title
    assert clean is not None
    assert character not in clean
    assert clean == normalise(replace(an_article(), title=f"a{text}{text}"), NOW).title


@time_machine.travel(NOW, tick=False)
def test_the_pipeline_normalises_articles_by_todays_clock_and_nothing_else() -> None:
    tomorrow, next_week = NOW + timedelta(days=1), NOW + timedelta(days=7)
    article = Normalise().process_item(an_article(title=" a ", published_at=tomorrow, modified_at=next_week))
    assert isinstance(article, Article)
    assert (article.title, article.published_at, article.modified_at) == ("a", tomorrow, None)
    missing = Missing(site=SITE, url=f"{HOME}/a/", status=404)
    assert Normalise().process_item(missing) is missing


def test_an_image_keeps_the_spelling_of_its_url_and_loses_an_impossible_size() -> None:
    image = Image(url="https://news.example/cafe\u0301.jpg", alt="Cafe\u0301", width=10**30, height=480)
    (clean,) = normalise(an_article(images=[image]), NOW).images
    assert (clean.url, clean.alt) == ("https://news.example/cafe\u0301.jpg", "Café")
    assert (clean.width, clean.height) == (None, 480)


def test_code_keeps_its_indentation() -> None:
    code = "def ferry():\n    load()\n\n\tgo()"
    assert paragraphs(f"Said.\n\n{code}  \n\n\n\nDone.") == f"Said.\n\n{code}\n\nDone."

"""What themes and page builders print without WordPress's names, and what stands around a post of theirs."""

from datetime import UTC, date, datetime
from time import process_time

import pytest

from crawler.items import Article
from crawler.reading import read_post
from tests.reading.build import html

_URL = "https://news.example/bridge-opens/"
_OLDER, _NEWER = "https://news.example/ferry-ends/", "https://news.example/toll-argued/"
_PICTURE = "https://news.example/wp-content/uploads/bridge.jpg"
_TEXTS = (
    "The bridge over the river was opened on Wednesday after nine years of work, and thousands walked across it.",
    "The mayor cut a ribbon of blue silk, and the first car was that of the engineer who had drawn the plans.",
    "Nobody was hurt when the band fell into the water, the police said, and the tuba was found by a fisherman.",
)
_STORY = "".join(f"<p>{text}</p>" for text in _TEXTS)
_TOLD = "\n\n".join(_TEXTS)
_HEADLINE = "<h1>Bridge opens</h1>"


def _read(body: str, *, lang: str = "en-US", headers: dict[str, str] | None = None) -> Article:
    return read_post(html(body, "<title>Bridge opens</title>", lang=lang), _URL, headers)


def _post(line: str = "", story: str = _STORY, below: str = "", lang: str = "en-US") -> Article:
    """A post without any name, with a line under its headline."""
    body = (
        f'<main><div class="a"><div class="b">{_HEADLINE}{line}</div><div class="c">{story}</div>{below}</div></main>'
    )
    return _read(body, lang=lang)


@pytest.mark.parametrize(
    "navigation",
    [
        (
            '<div class="tdb-next-post tdb-post-prev"><a href="{0}">x</a></div>'
            '<div class="tdb-next-post tdb-post-next"><a href="{1}">y</a></div>'
        ),
        '<a class="avia-post-prev" href="{0}">x</a><a class="avia-post-next" href="{1}">y</a>',
        (
            '<div class="z-next-post-wrap"><a href="{1}"><p>Up next</p></a></div>'
            '<div class="z-prev-post-wrap"><a href="{0}"><p>In case you missed it</p></a></div>'
        ),
        '<a class="ee-adjacentposts-prev" href="{0}">x</a><a class="ee-adjacentposts-next" href="{1}">y</a>',
    ],
)
def test_neighbours_by_the_words_of_a_class(navigation: str) -> None:
    article = _post(below=navigation.format(_OLDER, _NEWER))
    assert (article.previous_url, article.next_url) == (_OLDER, _NEWER)


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="z-next-post-wrap"><a href="{_OLDER}">x</a><a href="{_NEWER}">y</a></div>',
        f'<div class="post read-next-post"><a href="{_NEWER}">y</a></div>',
    ],
)
def test_what_is_no_neighbour(box: str) -> None:
    article = _post(below=box)
    assert (article.previous_url, article.next_url) == (None, None)


def test_what_is_around_the_post_says_nothing_of_its_navigation_or_picture() -> None:
    navigation = f'<div class="prev-post"><a href="{_OLDER}">x</a></div>'
    body = (
        f'<div class="wrap enable-lightbox right-sidebar"><div class="top">{_HEADLINE}</div>'
        f'<div class="single-featured"><a href="{_PICTURE}"><img class="wp-post-image" src="{_PICTURE}"></a></div>'
        f'<article class="post-7 post"><div class="entry-content">{_STORY}</div>{navigation}</article></div>'
    )
    article = _read(body)
    assert article.previous_url == _OLDER
    assert [image.url for image in article.images] == [_PICTURE]


@pytest.mark.parametrize(
    ("beside", "found"),
    [
        (f'<div class="builder-image"><img src="{_PICTURE}" width="1200"></div>', [_PICTURE]),
        (f'<div class="builder-image"><img src="{_PICTURE}" width="90"></div>', []),
        (f'<div class="author-card"><img src="{_PICTURE}"></div>', []),
        (f'<a href="https://news.example/"><img src="{_PICTURE}"></a>', []),
        (f'<div class="entry-header"><img src="{_PICTURE}" width="900" height="600"></div>', [_PICTURE]),
        ('<div><img src="https://cdn.example/a/leaderboard.gif" width="728" height="90"></div>', []),
        ('<div><img src="https://cdn.example/a/leaderboard.gif" width="728" height="400"></div>', []),
        (f'<div><img src="{_PICTURE}" width="900" height="300"></div>', []),
        (f'<div class="sponsor"><img src="{_PICTURE}" width="600"></div>', []),
        (f'<div id="header-banner"><img src="{_PICTURE}" width="600"></div>', []),
        (f'<div class="site-header"><img src="{_PICTURE}" width="600"></div>', []),
    ],
)
def test_a_picture_beside_the_headline_where_none_is_declared(beside: str, found: list[str]) -> None:
    assert [image.url for image in _post(beside).images] == found


def test_this_post_before_longer_ones_that_follow_it() -> None:
    def post(number: int, story: str) -> str:
        return (
            f'<article id="post-{number}" class="post-{number} post"><h1 class="entry-title">Bridge opens</h1>'
            f'<div class="entry-content">{story}</div></article>'
        )

    others = "".join(post(n, f"<p>{'Another story of the day, told at length by somebody. ' * 40}</p>") for n in (8, 9))
    assert _read(f"<main>{post(7, _STORY)}{others}</main>").text == _TOLD


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de-DE", "<p>Veröffentlicht am 14.11.2025 Aktualisiert am 15.11.2025 um 9:00 Uhr</p>"),
        ("fr-FR", "<div>Par Jeanne Dubois | Publié le 14 novembre 2025 à 08h15 | Mis à jour le 15 novembre 2025</div>"),
        ("ru-RU", "<div>14 ноября 2025, 08:15 <span>Автор: Иван Петров</span> Обновлено: 15 ноября 2025</div>"),
        ("tr-TR", "<div><span>Giriş: 14.11.2025 - 08:15</span> <span>Güncelleme: 15.11.2025 - 09:00</span></div>"),
        ("pl-PL", "<div>Opublikowano: 14.11.2025 <i>Aktualizacja: 15.11.2025</i> Autor: <b>Anna Nowak</b></div>"),
        ("ar", '<div><span class="date">14 نوفمبر، 2025</span> <span>آخر تحديث: 15 نوفمبر، 2025</span></div>'),
        ("ja", '<time datetime="2025-11-14"></time><time class="t__modified" datetime="2025-11-15"></time>'),
    ],
)  # fmt: skip
def test_a_line_of_both_dates_is_read_and_is_no_text(lang: str, line: str) -> None:
    article = _post(line, lang=lang)
    assert article.text == _TOLD
    assert article.published_at is not None and article.published_at.date() == date(2025, 11, 14)
    assert article.modified_at is not None and article.modified_at.date() == date(2025, 11, 15)


@pytest.mark.parametrize(
    "opening",
    [
        "Updated November 5, 2025 with a word of the mayor.",
        "Post office workers went on strike on Monday, May 5, 2024, and the union said, “we will not return.”",
        "“I told them I was by the river: the law was updated on May 5, 2024.”",
        "By May 5, 2024, more than 300 people had crossed the new bridge",
        "Update: the opening was put off to May 12, 2024",
        "Updated at 10:30, May 5, 2024: Three people have died, police say",
        "Par un arrêté du 5 mai 2024, le préfet interdit la manifestation :",
        "The law, last modified on 12.03.2019, will be repealed:",
        "Post Malone plays the arena on May 5, 2024",
        "Date: 5 May 2024 | Venue: Town Hall, High Street | Tickets: £12",
        "Von 1. März 2024 an gilt in der Stadt Tempo 30",
        "By May 5, 2024, he said, “the bridge will be open.”",
    ],
)
def test_a_sentence_with_a_date_is_text(opening: str) -> None:
    assert _post(story=f"<p>{opening}</p>{_STORY}").text == f"{opening}\n\n{_TOLD}"


def test_a_hidden_time_of_the_last_change_is_not_the_publication() -> None:
    meta = (
        '<div class="meta-info">By Jane Doe <span class="updated snippet-hidden">2025-11-05T09:00:00+00:00</span>'
        "<span>November 4, 2025</span></div>"
    )
    article = _post(meta)
    assert article.published_at == datetime(2025, 11, 4, 12, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 11, 5, 9, tzinfo=UTC)


def test_the_modified_date_block() -> None:
    dates = (
        '<div class="wp-block-post-date"><time datetime="2025-11-04T08:15:00+00:00">4</time></div>'
        '<div class="wp-block-post-date__modified-date wp-block-post-date"><time datetime="2025-11-05T09:00:00+00:00">5'
        "</time></div>"
    )
    article = _post(dates)
    assert article.published_at == datetime(2025, 11, 4, 8, 15, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 11, 5, 9, tzinfo=UTC)


def test_a_date_that_shows_where_an_age_is_pointed_at() -> None:
    line = '<span class="time-ago" title="November 4, 2025">3 weeks ago</span>'
    assert _post(line).published_at == datetime(2025, 11, 4, 12, tzinfo=UTC)
    line = '<abbr class="date" title="Tuesday, 4 November 2025 at 8:15 am">a while ago</abbr>'
    assert _post(line).published_at == datetime(2025, 11, 4, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "titled",
    [
        '<a class="info" title="Election 5 May 2023">Dossier</a>',
        '<a class="info" title="5 May 2023">Dossier</a>',
        '<a class="info" title="Storm of 5 May 2011 - share">Share this</a>',
        '<a class="info" title="Storm of 5 May 2011">2 days ago</a>',
        '<abbr class="info" title="5 May 2011 - share">Share this</abbr>',
        '<abbr class="info" title="5 May 2011, a storm">Share this</abbr>',
    ],
)
def test_other_titles_are_not_the_publication(titled: str) -> None:
    assert _post(f"{titled}<span>March 3, 2024</span>").published_at == datetime(2024, 3, 3, 12, tzinfo=UTC)
    assert _post(titled).published_at is None


def test_of_thousands_of_titles_few_texts_are_tried_as_ages() -> None:
    titled = "".join(f'<span class="date" title="5 May 2023">the house {number}</span>' for number in range(8000))
    before = process_time()
    assert _post(titled).published_at is None
    assert process_time() - before < 5  # of CPU; half a second on an idle machine


@pytest.mark.parametrize(
    "told",
    [
        "The law of 1998, last modified on 3 May 2020, goes to court",
        "In 2019 the film was edited 12 May 2020 in Berlin",
        "March 3, 2024 - Updated edition of the report from May 1, 2023",
        "March 3, 2024 - Updated edition of the report from May 1, 2025",
        "March 3, 2024 - updated edition 3 May 2025",
        "March 3, 2024 - updated 3 times since May 1, 2025",
        "March 3, 2024, updated on May 1, 2023",
    ],
)
def test_dates_of_the_story_are_not_the_change(told: str) -> None:
    article = _post(f'<p class="deck">{told}</p><span class="date">March 3, 2024</span>')
    assert article.published_at == datetime(2024, 3, 3, 12, tzinfo=UTC)
    assert article.modified_at is None


@pytest.mark.parametrize(
    "end",
    ["Updated on Tuesday, March 5, 2024", "last updated: 5 March 2024", "Modified 2024-03-05", "updated 5.3.2024"],
)
def test_a_change_right_behind_the_publication(end: str) -> None:
    article = _post(f"<p>13 March 2023 | {end}</p>", lang="en-GB")
    assert article.published_at == datetime(2023, 3, 13, 12, tzinfo=UTC)
    assert article.modified_at == datetime(2024, 3, 5, 12, tzinfo=UTC)


def test_a_shown_change_before_the_publication_is_none() -> None:
    dates = '<span class="date">March 3, 2024</span><p>Last updated: {}</p>'
    assert _post(dates.format("May 1, 2023")).modified_at is None
    assert _post(dates.format("March 4, 2024")).modified_at == datetime(2024, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<div><span>Written by</span> <strong>Jane Doe</strong></div>", ["Jane Doe"]),
        ("<div>Posted: November 4, 2025, by <b>Jane Doe</b></div>", ["Jane Doe"]),
        ("<div><span>By Jane Doe</span><span>8:15 a.m. | Local</span></div>", ["Jane Doe"]),
        ("<div><p>By Jane Doe and John Roe</p></div>", ["Jane Doe", "John Roe"]),
        ("<div><span>By Jane Doe</span> and <span>John Roe</span></div>", ["Jane Doe", "John Roe"]),
        ("<div>Oleh Budi Santoso, Suharto</div>", ["Budi Santoso", "Suharto"]),
        ("<div>By Jane Doe, Reuters</div>", ["Jane Doe", "Reuters"]),
        ("<figure>November 4, 2025 | by <a>Scott Olson</a></figure>", []),
        ("<div>November 4, 2025 | by <a class='photo-name'>Scott Olson</a></div>", []),
        ("<div>November 4, 2025 | by <a>Jane Doe</a></div>", ["Jane Doe"]),
        ("<div><span>Photo</span> <i>by</i> <a>Scott Olson</a></div>", []),
        ("<div>Last updated November 4, 2025 by <b>John Roe</b></div>", []),
        ("<figure><img src='/b.jpg'><figcaption>Photo by <a>Scott Olson</a>/Getty Images</figcaption></figure>", []),
        ("<div>Image by <em>Jane Doe</em></div>", []),
        ("<div>Illustration by <a>Ana Silva</a> for the News</div>", []),
        ("<div>Sponsored by <strong>Acme Energy</strong></div>", []),
        ("<div>Presented by <a>Acme Bank</a></div>", []),
        ("<p>Translated from the French by <em>John Roe</em></p>", []),
        ("<p>A review of the new novel by <em>Margaret Atwood</em></p>", []),
        ("<div><span>Penulis: Siti Rahma</span><span>Selasa, 4 November 2025</span></div>", ["Siti Rahma"]),
        ("<div>Stand <b>Open Day</b></div>", []),
    ],
)
def test_names_behind_the_word(line: str, authors: list[str]) -> None:
    assert _post(line).authors == authors


def test_tags_right_behind_the_body() -> None:
    tags = '<ul><li><a class="x-button" href="/tag/river/">River</a></li><li><a href="/tag/mayor/">Mayor</a></li></ul>'
    assert _post(below=tags).tags == ["River", "Mayor"]
    card = f'<div><h3><a href="{_OLDER}">Ferry ends</a></h3><a href="/tag/ferry/">Ferry</a></div>'
    assert _post(below=card).tags == []


def test_tags_that_close_the_body_are_no_text() -> None:
    story = f'{_STORY}<div class="h"><a href="/tag/river/">#River</a> <a href="/tag/mayor/">#Mayor</a></div>'
    article = _post(story=story)
    assert (article.tags, article.text) == (["River", "Mayor"], _TOLD)


_TERMS = '<div><a href="/tag/river/">River</a> <a href="/tag/mayor/">Mayor</a></div>'


@pytest.mark.parametrize(
    "story",
    [
        f'{_STORY}<p>All of it stands under <a href="/tag/river/">River</a>.</p>',
        f'<h2><a href="/tag/river/">River</a></h2>{_STORY}',
        f'{_STORY}<h2><span><a href="/tag/river/">River</a></span></h2>',
        f"<p>{_TEXTS[0]}</p>{_TERMS}<p>{_TEXTS[1]}</p><p>{_TEXTS[2]}</p>",
        f"{_STORY}<h3>Trending</h3>{_TERMS}",
        f"{_STORY}<p><b>Popular tags</b></p>{_TERMS}",
    ],
)
def test_other_links_to_tags_in_the_body_are_not_its_tags(story: str) -> None:
    assert _post(story=story).tags == []


@pytest.mark.parametrize("label", ["<h4>Tags</h4>", "<p>Filed under:</p>"])
def test_a_label_of_tags_before_them(label: str) -> None:
    assert _post(story=f"{_STORY}{label}{_TERMS}").tags == ["River", "Mayor"]
    assert _post(below=f"<div>{label}{_TERMS}</div>").tags == ["River", "Mayor"]
    assert _post(below='<div>Tags: <a href="/tag/river/">River</a></div>').tags == ["River"]


@pytest.mark.parametrize(
    "box",
    [
        '<div><h4>Trending topics</h4><a href="/tag/sport/">Sport</a><a href="/tag/cup/">Cup</a></div>',
        f"<div><h4>Trending topics</h4>{_TERMS}</div>",
        f"<h4>All tags</h4>{_TERMS}",
        f'<section><div class="x">Popular tags</div>{_TERMS}</section>',
        '<div><h4>Hot</h4><ul><li><a href="/tag/sport/">Sport</a></li><li><a href="/tag/cup/">Cup</a></li></ul></div>',
        f"<div><h4>Hot</h4><span>All that people talk of.</span>{_TERMS}</div>",
        '<div>Trending: <a href="/tag/sport/">Sport</a></div>',
    ],
)
def test_tags_of_the_site_behind_the_body_are_not_the_posts(box: str) -> None:
    assert _post(below=box).tags == []


def test_thousands_of_tags_in_one_box_are_not_told_for_each_of_them() -> None:
    links = " ".join(f'<a href="/tag/t{number}/">tag {number}</a>' for number in range(4000))
    before = process_time()
    assert _post(story=f"{_STORY}<p>{links}</p>").tags == []
    assert process_time() - before < 5  # of CPU; a quarter of a second on an idle machine, ten if told for each


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (
            '<p>Follow the whole story here:</p><p><a href="/category/ukraine-war/">War in Ukraine</a></p>',
            "Follow the whole story here:\n\nWar in Ukraine",
        ),
        ('<p>All of it:</p><p><a href="/tag/river/">The river</a></p>', "All of it:\n\nThe river"),
        (
            '<p>The <a href="/tag/a/">bridge over the river of the town</a> & the <a href="/tag/b/">toll</a></p>',
            "The bridge over the river of the town & the toll",
        ),
        ('<p><a href="/category/a/">Ferries</a> <a href="/category/b/">Bridges</a></p>', "Ferries Bridges"),
    ],
)
def test_links_to_archives_that_a_story_ends_with(last: str, said: str) -> None:
    assert _post(story=_STORY + last).text == f"{_TOLD}\n\n{said}"


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ('<a href="https://shop.example/b"><img src="/b.jpg"><h3>1. Hotel Bellevue</h3></a>', "1. Hotel Bellevue"),
        ('<div class="card"><a href="/big.jpg"><h2>The numbers</h2><img src="/s.jpg"></a></div>', "The numbers"),
    ],
)
def test_a_linked_heading_with_a_picture_is_text(card: str, said: str) -> None:
    story = f"<p>{_TEXTS[0]}</p>{card}<p>{_TEXTS[1]}</p><p>{_TEXTS[2]}</p>"
    assert _post(story=story).text == "\n\n".join((_TEXTS[0], said, *_TEXTS[1:]))


@pytest.mark.parametrize(
    "box",
    [
        '<div class="memberpress-unauthorized"><h3>For subscribers</h3><p>To read the rest, please log in.</p></div>',
        '<div class="ruby-table-contents"><a href="#a">What was decided</a></div>',
        "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
        '<p>Share this: <a href="/?share=x">X</a> <a href="/?share=f">Facebook</a></p>',
        '<p class="powerpress_links">Podcast: <a href="/a.mp3">Play in new window</a></p>',
    ],
)
def test_boxes_within_the_text(box: str) -> None:
    assert _post(story=f"<p>{_TEXTS[0]}</p>{box}<p>{_TEXTS[1]}</p><p>{_TEXTS[2]}</p>").text == _TOLD


def test_a_form_of_jetpack_under_no_comment() -> None:
    frame = '<div id="respond"><form><iframe id="jetpack_remote_comment"></iframe></form></div>'
    assert _post(below=frame).comment_count == 0

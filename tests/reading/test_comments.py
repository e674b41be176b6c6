"""How many comments there are."""

import pytest

from crawler.reading.comments import comment_count, count_in
from tests.reading.build import URL, article, page


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("No Comments", 0),
        ("3 Comments", 3),
        ("1,234 Comments", 1234),
        ("2 thoughts on “10 bridges”", 2),
        ("One Comment", 1),
        ("Ein Kommentar", 1),
        ("Keine Kommentare", 0),
        ("٣ تعليقات", 3),
        ("Leave a comment", None),
        ("Aucun commentaire", 0),
        ("コメント 5 件", 5),
        ("Comments", None),
        ("Discussion", None),
    ],
)
def test_count_in(text: str, count: int | None) -> None:
    assert count_in(text) == count


def test_the_title_is_left_out() -> None:
    assert count_in("No Comments on 10 bridges", "10 bridges") == 0


def _thread(ids: str, more: str = "") -> str:
    listed = "".join(f"<li id=comment-{n} class=comment>x</li>" for n in ids)
    return f'<div id="comments" class="comments-area">{listed}{more}</div>'


_PAGER = '<nav><a class="page-numbers" href="/2025/12/03/bridge-opens/comment-page-1/#comments">1</a></nav>'
_PINGS = "<ul><li class=ping>Elsewhere</li></ul>"
_LINE = (
    '<div id="comments"><h2>Join in</h2><p><span>7 Comments</span></p><ol><li id="comment-9">3 comments</li></ol>'
    f"{_PAGER}</div>"
)
_FORM = '<form><input name="comment_post_ID" value="7"></form>'


@pytest.mark.parametrize(
    ("inside", "outside", "head", "count", "evidence"),
    [
        (
            "",
            "",
            '<script type="application/ld+json">{"@type":"Article","commentCount":"4"}</script>',
            4,
            "JSON-LD commentCount",
        ),
        ("", _thread("123"), "", 3, "comments in the thread"),
        ("", _thread("1", "<li class='post pingback'>Ping</li>"), "", 2, "comments in the thread"),
        (
            "",
            _thread(
                "12",
                '<h2 class="comments-title">12 thoughts on “Bridge opens”</h2><nav class="comment-navigation">x</nav>',
            ),
            "",
            12,
            "heading of the comments",
        ),
        ('<span class="comments-link"><a href="#respond">No Comments</a></span>', "", "", 0, "link to the comments"),
        (
            '<span class="comments-link"><a href="#comments">5 Comments</a></span>',
            "",
            "",
            5,
            "link to the post's comments",
        ),
        ("", _FORM, "", 0, "comment form without comments"),
        (f'<a href="{URL}#post-comments">7</a>', _thread("12") + _PINGS, "", 7, "link to the post's comments"),
        ('<a href="#comments">Leave a comment</a>', _thread("12"), "", 2, "comments in the thread"),
        (
            '<a href="#comments">1 Comment</a>',
            _thread("123"),
            "",
            3,
            "comments in the thread",
        ),
        (
            "",
            _LINE,
            "",
            7,
            "line over the comments",
        ),
    ],
)
def test_evidence(inside: str, outside: str, head: str, count: int, evidence: str) -> None:
    found = comment_count(page(article(inside) + outside, head))
    assert found is not None
    assert (found.value, found.evidence) == (count, evidence)


def test_a_page_that_does_not_tell() -> None:
    assert comment_count(page(article(""))) is None


def _invitation(href: str) -> str:
    return article(f'<span class="comments-link"><a href="{href}">Leave a comment</a></span>')


@pytest.mark.parametrize("href", ["#respond", f"{URL}#respond", f"{URL}#comments"])
def test_an_invitation_to_the_first_comment_on_this_post(href: str) -> None:
    found = comment_count(page(_invitation(href)))
    assert found is not None
    assert (found.value, found.evidence) == (0, "link to the comments")


@pytest.mark.parametrize(
    ("href", "system"),
    [
        ("#disqus_thread", '<div id="disqus_thread"></div>'),
        ("#respond", '<div class="fb-comments" data-href="/"></div>'),
        ("#respond", '<div id="coral_thread"></div>'),
        ("#respond", '<script src="https://news-example.disqus.com/embed.js"></script>'),
        ("https://news.example/another-post/#respond", ""),
        ("/register/", ""),
    ],
)
def test_an_invitation_says_no_number_of_another_system_or_post(href: str, system: str) -> None:
    assert comment_count(page(_invitation(href) + system)) is None


def test_the_number_of_one_page_is_not_that_of_the_thread() -> None:
    assert comment_count(page(article("") + _thread("9", f"<h2>1 Comment</h2>{_PAGER}"))) is None


def test_addresses_for_replies_make_no_further_page() -> None:
    reply = '<a href="/2025/12/03/bridge-opens/comment-page-1/?replytocom=2#respond">Reply</a>'
    found = comment_count(page(article("") + _thread("12", reply)))
    assert found is not None
    assert (found.value, found.evidence) == (2, "comments in the thread")


def test_counts_of_other_posts_are_not_the_posts() -> None:
    card = '<article class="post-9 post"><span class="comments-link">9 Comments</span></article>'
    assert comment_count(page(article("") + card)) is None

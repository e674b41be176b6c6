"""How many comments a post has."""

import re
from collections.abc import Iterable
from itertools import islice, takewhile
from typing import Any

from lxml.html import HtmlElement

from crawler.reading.canonical import article_url
from crawler.reading.destinations import Destination, destination, destinations
from crawler.reading.evidence import Candidate, Found
from crawler.reading.foreigncomments import has_foreign_comments
from crawler.reading.markup import (
    class_list,
    elements_by_id,
    having_class,
    having_class_like,
    short_text,
    shown_text,
)
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.place import is_elsewhere
from crawler.reading.structured import article_node, values
from crawler.reading.text import element_text
from crawler.reading.title import raw_title
from crawler.reading.urlparts import same_url

_NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
_QUOTED = re.compile(r"[“„«\"‘「『].*[”“»\"’」』]")
_NONE_WORDS = (
    "no", "zero", "keine", "aucun", "sin", "nessun", "sem", "geen", "ingen", "brak", "нет", "ei", "yok", "tidak ada",
    "belum ada", "暂无", "没有", "無", "コメントはまだ", "لا توجد", "بدون",
)  # fmt: skip
_INVITATIONS = (
    "leave a comment", "leave a reply", "add a comment", "post a comment", "be the first", "comment on",
    "schreibe einen kommentar", "hinterlasse einen kommentar", "laisser un commentaire", "deja un comentario",
    "lascia un commento", "deixe um comentário", "geef een reactie", "оставить комментарий", "dodaj komentarz",
)  # fmt: skip
_NONE = re.compile(rf"^\W*(?:{'|'.join(_NONE_WORDS)})\b", re.IGNORECASE)
_INVITATION = re.compile("|".join(_INVITATIONS), re.IGNORECASE)
"""What themes print in place of "0 Comments", by the texts that they give ``comments_popup_link``."""
_ONE = re.compile(r"^\W*(?:one|ein|un|una|um|uma|uno|een|en|один|jeden|bir)\b", re.IGNORECASE)
_COMMENT_ID = re.compile(r"(?:li-|div-)?comment-(\d+)$")
_THREAD_ID = re.compile(r"(?:^|[-_])comments(?:[-_](?:title|section|area|heading))?$")
_COMMENTS_LINK = re.compile(r"comments?[-_](?:link|count|number|num|meta)|(?:meta|entry|post)[-_]+comments?")
_JETPACK_FORM = "jetpack_remote_comment"
"""The frame that Jetpack puts in the place of WordPress's form."""
_HEADINGS = ("h2", "h3", "h4")
_LISTS = ("ol", "ul", "form")
_COMMENT_WORD = re.compile(
    r"comment|kommentar|coment[áa]rio|reacti|respon[sd]|repl(?:y|ies)|отзыв|коммент|комент|коментар|yorum|σχόλι|تعليق|دیدگاه|نظر"
    r"|komentar|komentář|hozzászólás|bình luận|ความ(?:คิด)?เห็น|टिप्पणी|评论|評論|コメント|댓글|תגוב",
    re.IGNORECASE,
)
_MAX_LINE = 60
"""Characters of a line such as "7 Comments"; a comment itself is longer, or stands in the list."""


def _count(value: Any) -> int | None:
    try:
        count = int(str(value).strip())
    except ValueError:
        return None
    return count if 0 <= count < 10_000_000 else None


def _json_ld(page: Page) -> int | None:
    node = article_node(page) or {}
    declared = [_count(value) for value in values(page, node, "commentCount")]
    statistics = [value for value in values(page, node, "interactionStatistic") if isinstance(value, dict)]
    comments = [value for value in statistics if "CommentAction" in str(value.get("interactionType"))]
    declared += [_count(value.get("userInteractionCount")) for value in comments]
    return next((count for count in declared if count is not None), None)


def count_in(text: str, title: str | None = None) -> int | None:
    """The number in "2 thoughts on “Title”", "No Comments", "Ein Kommentar"; None if it says none.

    The post's title, which may hold numbers of its own, is left out: core's ``comments_popup_link`` and the themes'
    headings repeat it.
    """
    if title:
        text = text.replace(title, " ")
    text = _QUOTED.sub(" ", text)
    if match := _NUMBER.search(text):
        return _count(re.sub(r"\D", "", match[0]))
    if _ONE.match(text):
        return 1
    return 0 if _NONE.search(text) else None


@per_page
def _comment_ids(page: Page) -> frozenset[str]:
    """The comments on the page, by the ids that core and the themes give them (``comment-12``, ``li-comment-12``)."""
    return frozenset(match[1] for name in _comment_names(page) if (match := _COMMENT_ID.match(name)))


@per_page
def _comment_names(page: Page) -> list[str]:
    """The ids of the page that speak of comments."""
    return [name for name in elements_by_id(page) if "comment" in name]


@per_page
def _is_paged(page: Page) -> bool:
    """Whether the thread goes on elsewhere; the address of a comment, or of a reply to it, says nothing of that."""
    if having_class(page, "comment-navigation", "comments-pagination", "wp-block-comments-pagination", "nav-comments"):
        return True
    return any(told.is_comment_page for _, told in destinations(page))


def _thread(page: Page) -> int | None:
    """The comments of a thread that is on the page as a whole; themes print pings without an id."""
    pings = [e for e in having_class(page, "pingback", "trackback") if e.tag == "li" and not e.get("id")]
    return None if _is_paged(page) else len(_comment_ids(page)) + len(pings) or None


def _number_shown(page: Page, shown: Iterable[HtmlElement]) -> int | None:
    title = raw_title(page)
    for element in shown:
        text = shown_text(element) or element_text(element)
        if len(text) < 700 and (count := count_in(text, title.value if title else None)) is not None:
            return count
    return None


def _own_link(page: Page) -> int | None:
    """“3 Comments” or a bare “3” that links to this post's own thread: ``get_comments_number``, pings included.

    "Leave a comment" may be printed whatever their number. Less than what stands in the thread is out of date.
    """
    to_threads = ((a, told) for a, told in destinations(page) if told.is_of_thread)
    links = (a for a, told in to_threads if _is_here(page, told) and re.search(r"\d", shown_text(a)))
    own = (a for a in links if "page-numbers" not in class_list(a) and not is_elsewhere(page, a))
    return _at_least_shown(page, _number_shown(page, own))


def _is_here(page: Page, told: Destination) -> bool:
    own = (page.url, article_url(page).value)
    return not told.address or any(same_url(told.address, url) for url in own)


def _at_least_shown(page: Page, count: int | None) -> int | None:
    """A number that may be that of all comments: not less than stand on the page, and more than one page of several."""
    shown = len(_comment_ids(page)) + _is_paged(page)
    return count if count is not None and count >= shown else None


def _thread_boxes(page: Page) -> list[HtmlElement]:
    return [elements_by_id(page)[name] for name in _comment_names(page) if _THREAD_ID.search(name)]


def _heading(page: Page) -> int | None:
    """“3 thoughts on …” over the thread."""
    named = having_class(page, "comments-title", "comment-title", "wp-block-comments-title", "comments-heading")
    boxes = _thread_boxes(page)
    headings = [*named, *(e for box in boxes for e in ([box] if box.tag in _HEADINGS else box.iter(*_HEADINGS)))]
    return _at_least_shown(page, _number_shown(page, headings)) or None


def _line_over_thread(page: Page) -> int | None:
    """“7 Comments” in a line of its own before the list of comments, where the heading says something else."""
    for box in _thread_boxes(page):
        before = takewhile(lambda e: e.tag not in _LISTS, box.iter("p", "div", "span", *_LISTS))
        texts = ((e, short_text(e, _MAX_LINE)) for e in islice(before, _MAX_LINE))
        lines = [e for e, text in texts if re.match(r"\W*\d", text) and _COMMENT_WORD.search(text)]
        if count := _at_least_shown(page, _number_shown(page, lines)):
            return count
    return None


def _link(page: Page) -> int | None:
    """“No Comments” or “3 Comments” in the post's meta data (core's ``comments_popup_link``)."""
    named = [e for e in having_class_like(page, _names_comments) if not is_elsewhere(page, e)]
    count = _number_shown(page, named)
    return 0 if count is None and _invites(page, named) else count


def _invites(page: Page, named: Iterable[HtmlElement]) -> bool:
    """Whether a theme asks for the first comment on this post: of another system's comments it knows no number."""
    links = (a for e in named for a in ([e] if e.tag == "a" else e.iter("a")))
    told = ((a, destination(a.get("href") or "")) for a in links)
    to_thread = (a for a, where in told if where.is_of_thread and _is_here(page, where))
    invites = (a for a in to_thread if _INVITATION.search(shown_text(a)))
    return next(invites, None) is not None and not has_foreign_comments(page)


def _names_comments(name: str) -> bool:
    return "comment" in name and _COMMENTS_LINK.search(name) is not None


def _empty_thread(page: Page) -> int | None:
    """A comment form under no comment at all."""
    if _comment_ids(page) or _is_paged(page):
        return None
    form = any(element.get("name") == "comment_post_ID" for element in tagged(page, "input"))
    return 0 if form or _JETPACK_FORM in elements_by_id(page) else None


_COMMENTS: tuple[Candidate[int], ...] = (
    ("JSON-LD commentCount", _json_ld),
    ("link to the post's comments", _own_link),
    ("comments in the thread", _thread),
    ("heading of the comments", _heading),
    ("line over the comments", _line_over_thread),
    ("link to the comments", _link),
    ("comment form without comments", _empty_thread),
)


def comment_count(page: Page) -> Found[int] | None:
    """The number of comments, pings included, as WordPress counts them; None where the page does not tell."""
    for evidence, look in _COMMENTS:
        if (count := look(page)) is not None:
            return Found(count, evidence)
    return None

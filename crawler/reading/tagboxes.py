"""Boxes that hold links to tags and nothing else: what a post without WordPress's names says at its end."""

from collections.abc import Container, Iterable
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawler.reading.headline import letters
from crawler.reading.htmltags import HEADINGS
from crawler.reading.markup import is_silent, short_text, shown_text
from crawler.reading.phrases import is_notice, is_term_label

_MAX_BOX = 400
"""Characters of a box of tags."""
_MAX_LABEL = 60
"""Characters of what announces a box."""
_MAX_BEHIND = 100
"""Characters of other text at the end of a body: a paragraph has more."""
_STEPS = 8
"""Elements back and up from a box to what stands before it, at most."""


def in_tag_boxes(links: Iterable[HtmlElement]) -> dict[HtmlElement, HtmlElement]:
    """Those of the links, in document order, that stand in a box of nothing but such links, with their boxes.

    "Tags:" may announce them, in the box or before it; behind another heading ("Trending topics") they are the site's.
    """
    parents = {link: parent for link in links if (parent := link.getparent()) is not None}
    announced: dict[HtmlElement, bool] = {}
    for box in dict.fromkeys(parents.values()):
        if _holds_only(box, parents):
            before = box.getprevious()
            announced[box] = announced[before] if before in announced else _is_announced(box)
    return {link: box for link, box in parents.items() if not announced.get(box, True)}


def _holds_only(box: HtmlElement, links: Container[HtmlElement]) -> bool:
    text = short_text(box, _MAX_BOX)
    if not text or any(node.tag in HEADINGS for node in (box, *box.iterancestors())):
        return False
    names = [shown_text(link) for link in islice(box.iter("a"), _MAX_BOX) if link in links]
    label = text.partition(next(filter(None, names), text))[0]
    said = [label, *names] if is_term_label(label) else names
    return letters(text) == letters("".join(said))


def _is_announced(box: HtmlElement) -> bool:
    """Whether a heading, or a short text that is no sentence, stands right before it and says more than "Tags"."""
    here = box
    for _ in range(_STEPS):
        before, parent = here.getprevious(), here.getparent()
        if parent is None:
            return False
        loose = (parent.text if before is None else before.tail) or ""
        if letters(loose):
            return _is_label(loose.strip())
        text = "" if before is None else shown_text(before)
        if before is not None and letters(text):
            return not is_term_label(text) if before.tag in HEADINGS else _is_label(text)
        here = parent if before is None else before
    return False


def _is_label(text: str) -> bool:
    is_short = len(text) <= _MAX_LABEL and (text[-1].isalnum() or text[-1] in ":：")
    return is_short and not is_term_label(text) and not is_notice(text)


def has_other_heading(part: HtmlElement) -> bool:
    """Whether a part of the page has a heading that says something else than that tags follow."""
    return any(not is_term_label(shown_text(heading)) for heading in part.iter(*HEADINGS))


def at_end(body: HtmlElement, boxes: dict[HtmlElement, HtmlElement]) -> list[HtmlElement]:
    """Those of the links (with their boxes) behind whose box the body says hardly more than such links."""
    told = 0
    ends: dict[HtmlElement, int] = {}
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            ends[element] = told
            told += len((element.tail or "").strip())
        elif element in boxes or is_silent(element):
            walk.skip_subtree()
        else:
            told += len((element.text or "").strip())
    return [link for link, box in boxes.items() if ends[body] - ends.get(box, 0) <= _MAX_BEHIND]

"""Which element of a page holds the post, and which its body: by WordPress's and themes' names, else by prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.reading.boxnames import is_content_name, is_post_name, is_probable_content_name, names_of
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.phrases import is_label, is_notice, is_term_label
from crawler.reading.survey import Node, Survey
from crawler.reading.text import element_text

_POST_ID = re.compile(r"(?:^|\s)(?:postid|page-id)-(\d+)(?:\s|$)")
"""What ``body_class()`` prints of the post that is shown."""
_OTHER_POST = re.compile(r"(?:^|\s)post-\d+(?:\s|$)")
_BOX_TAGS = frozenset({"div", "section", "aside", "article", "header", "footer"})

# Shares of prose, measured on pages of many themes: the results hardly change within a third of these values.
_EXACT_POST, _SOME_POST = 0.25, 0.5
"""What the element of this post, or of any post, must hold of the page's prose to be the one."""
_SMALL = 1500
"""Characters outside the post that do not speak against it, however short it is."""
_CERTAIN, _PROBABLE = 0.35, 0.5
"""What an element with the container's name must hold of the prose of the best element."""
_TINY = 250
"""Characters by which the best element may outweigh a container named for certain, as bylines and dates do."""
_INNERMOST = 0.95
"""What an inner container must hold of the outer one's prose to be preferred."""
_LOWEST = 0.9
"""The same where no name helps."""
_PART = 0.05
"""What a child of ``body`` must hold to be a part of a body that is split over several."""
_MUCH = 0.4
"""What an element must hold of its container's prose to be the article whatever its name says."""
_BOX, _LAST_BOX = 0.15, 0.5
"""What a box may hold at most of its container's prose in its midst and at its end,"""
_SMALL_BOX = 200
"""or this many characters."""
_MAX_HEAD = 80
"""Characters of a box's heading."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where a post stands on its page.

    ``kept`` are elements of the containers that are the article whatever their names; ``boxes`` those that are not,
    by what they say of themselves.
    """

    main_post: HtmlElement | None
    containers: tuple[HtmlElement, ...]
    kept: frozenset[HtmlElement]
    boxes: frozenset[HtmlElement]
    evidence: str


@per_page
def layout(page: Page) -> Layout:
    """The layout of a page."""
    body = page.root.find("body")
    if body is None:
        return Layout(None, (), frozenset(), frozenset(), "no body element")
    survey = Survey(body, tagged(page, "h1", "main"))
    nodes = survey.nodes
    post = _main_post(survey)
    best, evidence = _container(survey, post)
    return Layout(
        main_post=nodes[post].element if post else None,
        containers=tuple(nodes[i].element for i in (_parts(survey) if best == 0 else [best])),
        kept=frozenset(nodes[i].element for i in _holders(survey, best)),
        boxes=frozenset(nodes[i].element for i in _boxes(survey, best)),
        evidence=evidence,
    )


def _main_post(survey: Survey) -> int:
    """The index of the element of the post that the page is about; 0 where none stands out."""
    nodes = survey.nodes
    total = nodes[0].prose
    wanted = _POST_ID.search(names_of(nodes[0].element))
    if wanted:
        name = f"post-{wanted[1]}"
        best = _fullest(
            survey, [i for i in survey.within(0) if i and name in nodes[i].names and name in nodes[i].names.split()]
        )
        if best and (_is_enough(survey, best, total) or _is_enough(survey, best, total - _of_others(survey, best))):
            return best
    posts = [i for i in survey.within(0) if i and (nodes[i].tag == "article" or is_post_name(nodes[i].names))]
    best = _fullest(survey, posts)
    return best if nodes[best].prose >= _SOME_POST * total else 0


def _is_enough(survey: Survey, post: int, total: float) -> bool:
    return survey.nodes[post].prose >= min(_EXACT_POST * total, total - _SMALL)


def _of_others(survey: Survey, post: int) -> float:
    """The prose of other posts that stand whole beside a post, as endless scrolling adds them."""
    nodes, prose, end = survey.nodes, 0.0, 0
    for i in survey.within(0):
        if i == post:
            end = nodes[i].end
        elif i >= end and post not in range(i, nodes[i].end) and _OTHER_POST.search(nodes[i].names):
            prose, end = prose + nodes[i].prose, nodes[i].end
    return prose


def _container(survey: Survey, region: int) -> tuple[int, str]:
    """The index of the container in a region, and the rule that found it."""
    nodes = survey.nodes
    inside = list(survey.within(region))
    top = max(inside, key=lambda i: (nodes[i].value, i))
    certain = [i for i in inside if i and _is_certain(nodes[i])]
    best = _fullest(survey, certain)
    if best and nodes[best].prose >= min(_CERTAIN * nodes[top].prose, nodes[top].prose - _TINY):
        return _innermost(survey, certain, best), f"container name {nodes[best].names!r}"
    probable = [i for i in inside if i and nodes[i].tag != "main" and is_probable_content_name(nodes[i].names)]
    best = _fullest(survey, probable)
    if best and nodes[best].prose >= _PROBABLE * nodes[top].prose:
        return _innermost(survey, probable, best), f"probable container name {nodes[best].names!r}"
    return _lowest(survey, top), "most prose"


def _fullest(survey: Survey, candidates: list[int]) -> int:
    """The candidate with the most prose, the outermost of equals; 0 if there is none."""
    return max(candidates, key=lambda i: (survey.nodes[i].prose, -i), default=0)


def _innermost(survey: Survey, candidates: list[int], best: int) -> int:
    goal = _INNERMOST * survey.nodes[best].prose
    return max(i for i in candidates if survey.nodes[i].prose >= goal)


def _lowest(survey: Survey, i: int) -> int:
    nodes = survey.nodes
    goal = _LOWEST * nodes[i].prose
    return max(j for j in survey.within(i) if nodes[j].prose >= goal and (j == i or nodes[j].tag != "p"))


def _parts(survey: Survey) -> list[int]:
    """The children of ``body`` that hold its prose, where no single element does."""
    nodes = survey.nodes
    least = _PART * nodes[0].prose
    return [i for i in survey.within(0) if nodes[i].parent == 0 and nodes[i].prose > least] or [0]


def _is_certain(node: Node) -> bool:
    if "articleBody" in (node.element.get("itemprop") or ""):
        return True
    return bool(node.names) and node.tag != "main" and is_content_name(node.names)


def _holders(survey: Survey, container: int) -> Iterator[int]:
    nodes = survey.nodes
    limit = _MUCH * nodes[container].prose
    return (i for i in survey.within(container) if nodes[i].prose > limit)


def _boxes(survey: Survey, container: int) -> Iterator[int]:
    """The boxes in a container that say that they are not the article: "Related posts", "About the author"."""
    nodes = survey.nodes
    for i in survey.within(container):
        node = nodes[i]
        if node.first == i and 0 < node.own <= _MAX_HEAD and _says_noise(element_text(node.element)):
            box, up = i, node.parent
            while up > container and nodes[up].first == i and nodes[up].tag in _BOX_TAGS:
                if nodes[up].prose > _most_in_box(survey, up, container):
                    break
                box, up = up, nodes[up].parent
            if box != i:
                yield box


def _most_in_box(survey: Survey, box: int, container: int) -> float:
    """The characters of prose that a box may hold: more where nothing of length follows it."""
    nodes = survey.nodes
    after = max((nodes[i].prose for i in range(nodes[box].end, nodes[container].end)), default=0.0)
    share = _BOX if after > _SMALL_BOX else _LAST_BOX
    return max(share * nodes[container].prose, _SMALL_BOX)


def _says_noise(heading: str) -> bool:
    return is_label(heading) or is_notice(heading) or is_term_label(heading)

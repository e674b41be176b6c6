"""Where the prose of a page is: one walk that weighs every block. Measuring only; ``container`` decides."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.reading.boxnames import (
    class_of,
    is_content_name,
    is_excerpt_name,
    is_hard_noise_name,
    is_noise_name,
    is_outside_name,
    names_of,
)
from crawler.reading.htmltags import BLOCKS, HEADINGS, INLINE, NOISE, TEXTLESS_TO_READERS
from crawler.reading.noise import hides

_NAMELESS = HEADINGS | INLINE | {"p", "li", "td", "tr", "tbody"}
"""Elements too small for their names to matter here."""
_PROSE = frozenset({"p", "blockquote", "pre"}) | HEADINGS - {"h1"}
_MIN_PROSE = 20
"""Characters from which a block that is no paragraph counts as prose."""
_LINK_PENALTY = 1.0
"""What a character of a block of links takes from the value of the elements around it."""

_MIN_BODY = 300
"""Characters that a box must hold before its name is doubted,"""
_MUCH = 0.4
"""and the share of the text around it."""
_PLAIN = 0.35
"""Share of a page's prose that the container must hold for other names to be taken literally."""


@dataclass(slots=True, eq=False)
class Node:
    """An element.

    ``own`` and ``linked`` count the characters of its inline text, all and in links; ``prose`` those of it and below in
    blocks of prose outside noise; ``value`` is the same less a penalty for blocks of links. ``end`` is the index after
    its last descendant, ``first`` the index of the block its text begins with (-1 if it has none).
    """

    element: HtmlElement
    tag: str
    names: str
    parent: int
    own: int = 0
    linked: int = 0
    noise: bool = False
    prose: float = 0.0
    value: float = 0.0
    end: int = 0
    first: int = -1


class Survey:
    """The elements of ``body`` in document order, weighed; comments, sidebars and what is hidden are left out.

    Inline elements without children are not nodes; their text is their parent's.
    """

    def __init__(self, body: HtmlElement, landmarks: Iterable[HtmlElement]) -> None:
        """``landmarks``: ``main`` and the headlines of the page."""
        self.nodes: list[Node] = []
        self._walk(body, _headed(landmarks))
        self._weigh()
        self._discount_noise()

    def within(self, i: int) -> Iterator[int]:
        """The indices of a node and its descendants, without noise and what is in it."""
        end = self.nodes[i].end
        while i < end:
            if self.nodes[i].noise:
                i = self.nodes[i].end
            else:
                yield i
                i += 1

    def _walk(self, body: HtmlElement, open_paths: AbstractSet[HtmlElement]) -> None:
        nodes = self.nodes
        stack = [(body, -1, False)]
        while stack:
            element, parent, in_link = stack.pop()
            tag = str(element.tag)
            names = ""
            if tag not in _NAMELESS and parent >= 0:
                attributes = element.keys()
                names = names_of(element, attributes) if attributes else ""
                if element not in open_paths and _is_left_out(element, tag, names, attributes):
                    continue
            here = len(nodes)
            node = Node(element, tag, names, parent)
            nodes.append(node)
            in_link = in_link or tag == "a"
            inner = _add_texts(node, in_link)
            stack += [(child, here, in_link) for child in reversed(inner)]

    def _weigh(self) -> None:
        """Inline text is its block's; a block's text is prose unless it is mostly links."""
        nodes = self.nodes
        for i in range(len(nodes) - 1, -1, -1):
            node = nodes[i]
            node.end = node.end or i + 1
            parent = nodes[node.parent] if i else Node(node.element, "", "", -1)
            parent.end = parent.end or node.end  # its last child comes first
            if node.tag in INLINE:
                parent.own += node.own
                parent.linked += node.linked
            else:
                self._weigh_block(node, i)
            if node.first >= 0:
                parent.first = node.first
            parent.prose += node.prose
            parent.value += node.value

    @staticmethod
    def _weigh_block(node: Node, i: int) -> None:
        prose = node.own - node.linked
        if node.own and not (node.first >= 0 and _begins_with_a_block(node.element)):
            node.first = i
        if node.linked > prose:
            node.value -= _LINK_PENALTY * node.linked
        elif node.tag in _PROSE or (prose >= _MIN_PROSE and node.tag != "h1"):
            node.prose += prose
            node.value += prose

    def _discount_noise(self) -> None:
        """Take out what is noise by name, unless it holds so much prose that its name must mean something else.

        Where the container is plain, names are doubted inside it only.
        """
        nodes = self.nodes
        named_noise = [_is_named_noise(node) for node in nodes]
        container = self._plain_container(named_noise)
        inside = range(container, nodes[container].end)
        limit = _MUCH * nodes[container].prose
        i = 1
        while i < len(nodes):
            node = nodes[i]
            here = i
            i += 1
            if not named_noise[here] or here <= container < node.end:
                continue
            much = limit if is_excerpt_name(node.names) else max(limit, _MIN_BODY)
            if here not in inside or node.prose <= much:
                self._discount(node)
                i = node.end

    def _plain_container(self, named_noise: list[bool]) -> int:
        """The index of the container, if it is named plainly and holds much of the prose outside noise; else 0."""
        nodes = self.nodes
        plain = [node.prose for node in nodes]
        i = 1
        while i < len(nodes):
            node, prose, noise = nodes[i], plain[i], named_noise[i]
            i += 1
            if noise and not is_content_name(node.names):
                for up in self._above(node):
                    plain[up] -= prose
                i = node.end
        named = [i for i, node in enumerate(nodes) if plain[i] > 0 and node.names and is_content_name(node.names)]
        best = max(named, key=lambda i: (plain[i], i), default=0)
        return best if plain[best] >= _PLAIN * plain[0] else 0

    def _discount(self, node: Node) -> None:
        node.noise = True
        for up in self._above(node):
            self.nodes[up].prose -= node.prose
            self.nodes[up].value -= node.value

    def _above(self, node: Node) -> Iterator[int]:
        up = node.parent
        while up >= 0:
            yield up
            up = self.nodes[up].parent


def _headed(landmarks: Iterable[HtmlElement]) -> set[HtmlElement]:
    """What is above ``main`` and the headlines: it holds the post even if it is called a sidebar.

    Where a post of the page has its headline outside sidebars, the headlines in these are those of others.
    """
    paths = [[mark, *mark.iterancestors()] for mark in landmarks]
    posts = [path for path in paths if any(map(_is_post, path)) and not any(map(_is_aside, path))]
    return {above for path in paths if path[0].tag == "main" or not posts or path in posts for above in path}


def _is_post(element: HtmlElement) -> bool:
    return element.tag in ("article", "main") or (element.tag != "body" and "post" in class_of(element).split())


def _is_aside(element: HtmlElement) -> bool:
    return element.tag in ("aside", "footer") or is_hard_noise_name(names_of(element))


def _add_texts(node: Node, in_link: bool) -> list[HtmlElement]:
    """Count the text of an element and of inline elements without children; gives the other children."""
    element = node.element
    inner: list[HtmlElement] = []
    own, linked = len((element.text or "").strip()), 0
    for child in element:
        tag = child.tag
        if tag in INLINE and not len(child):
            if text := child.text:
                own += len(text.strip())
                linked += len(text.strip()) if tag == "a" else 0
        elif tag not in TEXTLESS_TO_READERS and isinstance(tag, str):
            inner.append(child)
        if tail := child.tail:
            own += len(tail.strip())
    node.own, node.linked = own, own if in_link else linked
    return inner


def _begins_with_a_block(element: HtmlElement) -> bool:
    return not (element.text or "").strip() and len(element) > 0 and element[0].tag in BLOCKS


def _is_named_noise(node: Node) -> bool:
    if node.tag in NOISE:
        return True
    return bool(node.names) and node.first >= 0 and (is_noise_name(node.names) or is_excerpt_name(node.names))


def _is_left_out(element: HtmlElement, tag: str, names: str, attributes: Sequence[str]) -> bool:
    """Whether an element is no part of any post: then nobody looks into it."""
    if tag in ("nav", "footer") or (names and is_outside_name(names)):
        return True
    return hides(element, attributes)

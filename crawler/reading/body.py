"""The body of a post: found, cleaned, and told as text, HTML, images, embeds and links."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from crawler.items import Embed, Image, Link
from crawler.reading import media
from crawler.reading.blocks import drop_noise_blocks
from crawler.reading.boxnames import is_hard_noise_name, names_of
from crawler.reading.container import layout
from crawler.reading.markup import having_class
from crawler.reading.noise import is_hidden, is_noise
from crawler.reading.page import Page
from crawler.reading.sanitise import sanitise, serialise
from crawler.reading.text import text_blocks, word_count

_AGREEMENT = 0.5
"""Share of the words of structured data's text that a body must have, or another is tried."""

_COUNT = etree.XPath("count(.//*)")
_MAX_ELEMENTS = 20_000
"""Elements of a page that the general extractor is given: more would take it many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What was read of a post's body: blocks separated by a blank line, sanitised HTML, and what they show.

    ``evidence`` names the rule that found the container.
    """

    text: str | None
    html: str | None
    images: tuple[Image, ...]
    embeds: tuple[Embed, ...]
    links: tuple[Link, ...]
    word_count: int
    evidence: str


_PROTECTED = Body(text=None, html=None, images=(), embeds=(), links=(), word_count=0, evidence="password form")


def main_post(page: Page) -> HtmlElement | None:
    """The element of the post on a single-post page: title, byline, body and terms; None where none stands out."""
    return layout(page).main_post


def body_container(page: Page) -> HtmlElement | None:
    """The element that holds the body of the post (the first, where it is split)."""
    return next(iter(layout(page).containers), None)


def read_body(page: Page, *, title: str | None = None, structured_text: str | None = None) -> Body:
    """The body of a post's page; without text where there is none, or a password is asked for.

    ``title`` is the headline, dropped where the body repeats it. ``structured_text`` is what structured data gives as
    the text: only a check, after which the general extractor may be asked.
    """
    found = layout(page)
    if _is_protected(page, found.main_post):
        return _PROTECTED

    def skip(element: HtmlElement) -> bool:
        return element in found.boxes or (element not in found.kept and is_noise(element))

    body = _body(sanitise(found.containers, page.url, skip), title, found.evidence)
    doubtful = not body.html or _agreement(body, structured_text) < _AGREEMENT
    if doubtful and _COUNT(page.root) <= _MAX_ELEMENTS:
        other = _extracted(page, title)
        if _agreement(other, structured_text or other.text) > _agreement(body, structured_text or other.text):
            return other
    return body


def join_bodies(bodies: Sequence[Body]) -> Body:
    """The pages of a multi-page post (``<!--nextpage-->``) as one body; images and embeds each once."""
    return Body(
        text="\n\n".join(body.text for body in bodies if body.text) or None,
        html="\n".join(body.html for body in bodies if body.html) or None,
        images=tuple({image.url: image for body in bodies for image in body.images}.values()),
        embeds=tuple({embed.url: embed for body in bodies for embed in body.embeds}.values()),
        links=tuple(link for body in bodies for link in body.links),
        word_count=sum(body.word_count for body in bodies),
        evidence="; ".join(dict.fromkeys(body.evidence for body in bodies)),
    )


def _body(clean: HtmlElement, title: str | None, evidence: str) -> Body:
    drop_noise_blocks(clean, title)
    text = "\n\n".join(text_blocks(clean))
    return Body(
        text=text or None,
        html=serialise(clean) if len(clean) else None,
        images=tuple(media.images(clean)),
        embeds=tuple(media.embeds(clean)),
        links=tuple(media.links(clean)),
        word_count=word_count(text),
        evidence=evidence,
    )


def _is_protected(page: Page, post: HtmlElement | None) -> bool:
    """Whether this post shows ``get_the_password_form()`` in place of its content; other posts on the page may, too."""
    forms = (form for form in having_class(page, "post-password-form") if form.tag == "form")
    return any(post is None or post in form.iterancestors() for form in forms)


def _extracted(page: Page, title: str | None) -> Body:
    """What trafilatura finds: the last resort, and imported only then (it takes a second)."""
    from trafilatura import extract  # noqa: PLC0415 (see above)

    root = deepcopy(page.root)
    for element in list(root.iter("nav", "div", "section", "aside", "ol", "ul", "p")):
        if element.tag == "nav" or is_hard_noise_name(names_of(element)) or is_hidden(element):
            element.drop_tree()
    html = extract(etree.tostring(root, encoding="unicode", method="html"), url=page.url, output_format="html")
    source = [document_fromstring(html)] if html else []
    return _body(sanitise(source, page.url, is_noise), title, "trafilatura")


def _agreement(body: Body, text: str | None) -> float:
    """Share of a text's words that a body has; 1 if there is no text to compare."""
    words = set((text or "").split())
    return len(words & set((body.text or "").split())) / len(words) if words else 1.0

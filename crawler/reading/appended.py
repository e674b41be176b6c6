"""What sites and plugins put at the end of a post's content in feeds, and the marks of a text that was cut.

Told by what it is, in no language: a last line that names the post and the site it is from.
"""

import re

from lxml.html import HtmlElement

from crawler.reading.headline import letters
from crawler.reading.media import embed_url
from crawler.reading.phrases import is_label
from crawler.reading.pictures import emoji, picture
from crawler.reading.text import element_text
from crawler.urls import absolute_url, site_id, url_key

_MOST_BESIDE = 60
"""Letters of such a line besides the title and the site's name: "The post … appeared first on …." has 26."""
_MOST_DROPPED = 5
_CUT = re.compile(r"(?:…|\.\.\.)[\s\])»>]*$")
"""``[&hellip;]`` and what themes put in its place (filter ``excerpt_more``)."""
_SHARING = re.compile(r"[?&](?:share|nb)=")


def drop_appended(content: HtmlElement, url: str, title: str, site: str, site_name: str) -> None:
    """Remove the last lines that only say which post this is and of which site (Yoast's RSS footer and its like)."""
    for _ in range(_MOST_DROPPED):
        last = _last_block(content, url)
        if last is None or not _names_its_source(last, url, title, site, site_name):
            return
        last.drop_tree()


def is_cut(content: HtmlElement, url: str) -> bool:
    """Whether the text ends as one that goes on elsewhere: with an ellipsis, or a link to the post itself."""
    text = element_text(content)
    if _CUT.search(text[-20:]):
        return True
    anchors = [anchor for anchor in content.iter("a") if element_text(anchor)]
    if not anchors or not text.endswith(element_text(anchors[-1])):
        return False
    last = anchors[-1]
    return "more-link" in (last.get("class") or "") or _leads_to(last, url) or is_label(element_text(last))


def shows_something(element: HtmlElement, url: str) -> bool:
    """Whether an element has a text, a picture or an embed; tracking pixels are none."""
    if element_text(element):
        return True
    frames = element.iter("iframe", "video", "audio", "embed")
    pictures = (picture(img, url) or emoji(img) for img in element.iter("img"))
    return any(pictures) or any(embed_url(frame, url) for frame in frames)


def _last_block(content: HtmlElement, url: str) -> HtmlElement | None:
    """The last child that shows something; None where bare text follows it."""
    for child in reversed(content):
        if child.tail and child.tail.strip():
            return None
        if shows_something(child, url):
            return child if isinstance(child.tag, str) else None
    return None


def _names_its_source(block: HtmlElement, url: str, title: str, site: str, site_name: str) -> bool:
    said, name = letters(element_text(block)), letters(site_name)
    if not letters(title) or letters(title) not in said:
        return False
    anchors = list(block.iter("a"))
    links_home = any(_leads_home(anchor, site) for anchor in anchors)
    links_here = any(_leads_to(anchor, url) for anchor in anchors)
    rest = said.replace(letters(title), "", 1)
    if not (links_home or (name and name in rest)):
        return False
    return (links_here or not anchors or links_home) and len(rest.replace(name, "", 1)) <= _MOST_BESIDE


def _leads_to(anchor: HtmlElement, url: str) -> bool:
    """Whether a link leads to the post, to be read there and not to be shared."""
    target = absolute_url(url, anchor.get("href"))
    return target is not None and url_key(target) == url_key(url) and not _SHARING.search(target)


def _leads_home(anchor: HtmlElement, site: str) -> bool:
    target = absolute_url(f"https://{site}/", anchor.get("href"))
    return target is not None and site_id(target) == site

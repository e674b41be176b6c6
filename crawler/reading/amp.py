"""AMP pages: the page of a post that plugins make for telephones, under ``/slug/amp/`` or ``/slug/?amp=1``."""

import re

from crawler.reading.page import Page, per_page
from crawler.reading.urlparts import url_parts

_END = re.compile(r"/amp/?$", re.IGNORECASE)
_NAMES = ("amp", "⚡")
"""What the ``html`` element of an AMP page has for an attribute (AMP HTML specification, "Required mark-up")."""


@per_page
def is_amp(page: Page) -> bool:
    """Whether it is an AMP page."""
    return any(name in page.root.attrib for name in _NAMES)


def is_amp_url(url: str) -> bool:
    """Whether its path ends as that of an AMP page; a slug may end so too."""
    return bool(_END.search(url_parts(url).path))


def unpaired(page: Page, url: str) -> str:
    """A URL on an AMP page, which leads to other AMP pages, as that of the post itself; the same on other pages.

    Of the AMP plugin's two forms of "paired URL" the query is dropped by ``canonical_url``.
    """
    return url_parts(url)._replace(path=_END.sub("/", url_parts(url).path)).geturl() if is_amp(page) else url

"""HTML's elements, grouped as the readers of a body need them. Data only."""


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


HEADINGS = _tags("h1 h2 h3 h4 h5 h6")

LEAVES = HEADINGS | _tags("p pre figcaption summary caption dt")
"""Blocks that hold text and inline mark-up only."""
MIXED = _tags("li td th dd")
"""Blocks that hold text, then other blocks."""
TEXTLESS = _tags("ul ol dl table thead tbody tfoot tr")
"""Blocks that hold other blocks only."""
BLOCKS = LEAVES | MIXED | TEXTLESS | _tags("blockquote figure details")
"""The blocks of a clean body."""
WRAPPERS = _tags(
    "div section article main header footer aside nav address center fieldset form hgroup menu dir hr body search"
)
"""Blocks that say nothing of the text in them."""

FORMATTING = _tags("a strong b em i u s del ins sub sup small mark code kbd samp var q cite abbr time dfn bdi bdo")
"""Inline elements that a clean body keeps."""
INLINE = FORMATTING | _tags("big font label span strike tt")

EMBEDS = _tags(
    "iframe embed video audio lite-youtube amp-youtube amp-vimeo amp-dailymotion amp-twitter amp-instagram amp-facebook"
    " amp-soundcloud amp-tiktok amp-reddit amp-pinterest amp-iframe amp-video amp-audio"
)
FALLBACKS = _tags("noscript object")
"""Elements whose text is a notice, and in which the image or the player for simple readers may stand."""
DROPPED = _tags(
    "script style template head title meta link base applet param input select option textarea datalist progress meter"
    " map area canvas svg math dialog rp rt rtc xml noframes noembed plaintext xmp listing frame frameset"
    " amp-ad amp-sticky-ad amp-embed amp-analytics amp-pixel amp-state amp-sidebar amp-consent amp-user-notification"
    " amp-social-share amp-next-page amp-web-push"
)
"""Elements of which nothing is kept."""
TEXTLESS_TO_READERS = DROPPED | EMBEDS | FALLBACKS | _tags("button figcaption img br wbr")
"""Elements in which no prose stands."""
NOISE = _tags("nav footer form button select dialog")
"""Elements that are never the article."""

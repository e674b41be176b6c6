"""What the boxes of a page are called: class and id names of themes and plugins, and what each tells.

Names are compared in one spelling (``spelled``): words joined by hyphens, names by spaces. Boxes are named after what
they do, so whole words decide, never parts of words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.reading.boxwords import Words, names_topic

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HYPHENS = re.compile("--+")
_HYPHENATED = re.compile(r"[a-z0-9 -]*")
_SEPARATORS = str.maketrans("_:./", "----")
_MAX_CLASS, _MAX_ID = 300, 100
"""Characters of these attributes that are looked at: real ones are shorter."""
_REMEMBERED = 4096
"""Names whose meaning is kept: the pages of a site use the same few hundred."""


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NOISE = Words(
    # share bars, follow buttons, likes
    "share shares sharing sharer sharebar sharedaddy sharethis shareaholic addtoany a2a addthis social "
    "socials socialmedia sociable ssba heateor novashare essb mashsb dpsp ssb sd-block wpl-likebox "
    "post-likes jp-post-flair fb-like follow-us followus",
    # other posts
    "related relatedposts recommended recommendation recommendations recirc recirculation yarpp crp rp4wp "
    "irp read-more readmore read-next readnext read-also readalso also-read also-like see-also "
    "more-stories more-from more-posts more-news more-articles more-link you-may outbrain taboola zergnet "
    "mgid revcontent trending popular most-read latest-posts latest-news latest-articles recent-posts "
    "recentposts similar next-post next-article prev-post up-next wp-block-latest-posts wp-block-query "
    "wp-block-post-template post-list posts-list posts-grid post-grid loop-grid elementor-posts "
    "elementor-post archive-posts wpnbha wp-block-newspack-blocks-homepage-articles widget-block "
    "widget-recent-posts widget-search widget-archive widget-tag-cloud widget-custom-html dig-in "
    "further-reading",
    # newsletters, donations, memberships
    "newsletter newsletters subscribe signup sign-up optin opt-in mailchimp "
    "mc4wp convertkit formkit mailpoet mailerlite hustle tnp donate donorbox patreon "
    "buymeacoffee fundraising tipjar support-us paywall restricted-content regwall leadinmodal cta "
    "pmpro-content-message memberpress-unauthorized mepr-unauthorized rcp-restricted wc-memberships-restriction "
    "swpm-post-not-logged-in-msg ihc-locker-wrap call-to-action",
    # advertising
    "ad ads adv advert adverts advertisement advertisements adsense adsbygoogle adslot adunit "
    "adbox adspace adcontainer adwrapper dfp code-block-0 sponsor sponsored promo promos "
    "promobox banner banners quads adrotate advads adthrive mediavine ezoic freestar nativo teads "
    "sponsors affiliate affiliates aawp td-a-rec td-adspot",
    # who wrote it, when, under which terms
    "authorbox author abouttheauthor saboxplugin ppma starbox bio byline bylines vcard postmeta postmetadata "
    "metabox post-info postinfo posted-on posted-by post-date entry-date entry-title post-title "
    "entry-footer post-footer entry-header post-header article-header page-header breadcrumb breadcrumbs "
    "tags tag-list taglist tagcloud cat-links post-terms edit-link post-edit-link post-views reading-time "
    "read-time readtime rt-reading-time span-reading-time kicker category categories last-updated "
    "last-modified modified-info post-modified wp-block-post-title widget-title disclaimer",
    # tables of contents, navigation, pagers
    "toc rbtoc jtoc lwptoc table-of-contents table-of-content table-contents tableofcontents simpletoc nav "
    "navigation pagination pager page-link page-links pagelinks wp-pagenavi post-page-numbers nextpage menu skip-link",
    # comments, ratings, reactions
    "comments comment commentlist commentform respond disqus livefyre reply spot-im wpdiscuz rating "
    "ratings kksr yasr rmp wp-ulike reactions reaction",
    # notices, forms, tools, players
    "cookie cookies gdpr consent cmplz onetrust borlabs popup modal gform wpforms wpcf7 form forms "
    "sign-in signin log-in login forminator searchform printfriendly print-link pdfprnt dkpdf beyondwords "
    "powerpress-links wpml-ls trinity responsivevoice speechkit listen playht video-js vjs-no-js jwplayer "
    "video-fallback carousel button buttons btn loader preloader spinner",
    # for machines or screen readers
    "screen-reader-text sr-only visually-hidden visuallyhidden assistive-text offscreen",
)
"""Words that tell what a box is for; several joined stand in this order."""
_NOT_NOISE = Words(
    "embed twitter-tweet instagram-media quote blockquote pullquote testimonial wp-block-embed so-panel modal-image"
    " popup-image"
)
_HARD = re.compile(
    r"(?!has-|no-|with-|show-|hide-)(?:[a-z0-9]+-){0,3}comments"
    r"(?:-(?:area|section|wrapper|wrap|list|container|template|inner|block|box|thread|outer|holder))?"
    r"|comment-?list|comment-(?:respond|body|content|form)|respond|disqus(?:-.*)?|wpd-.*|wpdcom|wpdiscuz.*"
    r"|(?:primary|main|site|blog|post|single|page|secondary|article|the)-side-?bar"
    r"|side-?bar(?:-(?:primary|main|area|widgets?|inner|[0-9]+))*|widget-area|footer-widgets?"
    r"|(?:jp-)?related-?posts?|yarpp(?:-.*)?|cookie-(?:notice|banner|consent|law).*|republication-tracker-tool.*"
    r"|(?:[a-z0-9]+-){0,2}(?:author-?(?:box|bio|card)|about-(?:the-)?author)(?:-(?:wrap|wrapper|container|section|area))?"
    r"|(?:[lr]|left|right)-side-?bar(?:-.*)?|crayon-nums|(?:code-)?gutter"
)
"""Whole names of what is never the article: comments, sidebars, lists of other posts."""
_FRAME = re.compile(
    r"(?:site|page|main|global|l)-(?:footer|header)(?:-(?:inner|wrap|container|area|main))?|colophon|masthead|footer"
    r"|mega-?menu|(?:main|primary|secondary|top|mobile|site|header|footer)-(?:menu|nav|navigation|bar)"
    r"|(?:post|posts)-navigation|(?:left|right)-side-?bar|side-?bar-(?:left|right)"
)
"""Whole names of the page's frame; some themes give them to what is around everything."""
_HEADING_NOISE = re.compile(
    r"(?:entry|post|page|article|sd|widget|related|comments?|reply|share|author|section-related|jp-relatedposts)"
    r"-?(?:title|headline|heading)"
)
_CAPTION = re.compile(
    r"(?!wp-caption$)(?:[a-z0-9]+-){0,4}caption(?:-text)?|(?:image|img|photo|media|picture)-(?:credits?|cred)"
)
_EXCERPTS = _names(
    "excerpt post-excerpt entry-excerpt article-excerpt wp-block-post-excerpt summary post-summary entry-summary"
    " article-summary"
)
_OF_THE_POST = re.compile(r"post-\d+|hentry|type-[a-z_-]+|postid-\d+")
"""Classes of ``post_class()`` and ``body_class()``: beside them stand slugs of terms, which may say anything."""
_CONTENTS = _names(
    "entry-content entry-inner post-content postcontent post-body article-body articlebody article-content story-body"
    " storycontent wp-block-post-content td-post-content tdb-single-content et-pb-post-content brxe-post-content"
    " fl-post-content elementor-widget-theme-post-content"
)
_PROBABLE_CONTENT = re.compile(
    r"(?:[a-z]+-){0,2}(?:entry|post|article|story|news|blog|single)-?(?:content|body|text|copy|bodytext)"
    r"|(?:[a-z]+-){0,2}content-(?:main|body)|the-content|entry|body-copy|rich-text|post-entry|article-inner"
)
_POST = re.compile(r"hentry|type-post|post-\d+|h-entry")
_POST_BEGINNINGS = ("post", "hentry", "type-", "h-entry")
_HIDDEN = _names(
    "hidden hide is-hidden d-none u-hidden display-none elementor-hidden-desktop mobile-only hide-on-desktop"
    " hidden-desktop"
)
_SHOWN_AGAIN = ("block", "flex", "grid", "inline")
"""Ends of classes that show something again on a wide screen."""


@lru_cache(maxsize=_REMEMBERED)
def spelled(names: str) -> str:
    """Class and id names in one spelling: ``relatedPosts td_block__x`` is ``related-posts td-block-x``."""
    if not names.islower():
        names = _CAMEL.sub("-", names).lower()
    if not _HYPHENATED.fullmatch(names):
        names = names.translate(_SEPARATORS)
    return _HYPHENS.sub("-", names) if "--" in names else names


_IS_NOISE, _IS_NOT_NOISE, _IS_FRAME, _IS_HARD, _IS_CAPTION, _IS_EXCERPT = (1 << bit for bit in range(6))
_IS_CONTENT, _IS_PROBABLE, _IS_HEADING_NOISE, _IS_HIDDEN, _IS_SHOWN, _IS_POST, _IS_OF_POST = (
    1 << bit for bit in range(6, 13)
)
"""What one name can tell, as bits: all names of an element are looked up at once, and tell what any of them does."""
_WHOLE_WORDS = (
    (_IS_FRAME, _FRAME),
    (_IS_HARD, _HARD),
    (_IS_CAPTION, _CAPTION),
    (_IS_PROBABLE, _PROBABLE_CONTENT),
    (_IS_HEADING_NOISE, _HEADING_NOISE),
)


@lru_cache(maxsize=_REMEMBERED)
def _told(names: str) -> int:
    told = 0
    for name in names.split():
        told |= _told_by(name)
    return told


@lru_cache(maxsize=4 * _REMEMBERED)
def _told_by(name: str) -> int:
    """What one name tells."""
    word = spelled(name)
    told = _told_by_parts(word)
    if word in _EXCERPTS or word.endswith(("-post-excerpt", "-entry-excerpt", "-article-excerpt")):
        told |= _IS_EXCERPT
    if word in _CONTENTS:
        told |= _IS_CONTENT
    if name in _HIDDEN:
        told |= _IS_HIDDEN
    for bit, pattern in _WHOLE_WORDS:
        if pattern.fullmatch(word):
            told |= bit
    if name.endswith(_SHOWN_AGAIN):
        told |= _IS_SHOWN
    if name.startswith(_POST_BEGINNINGS):
        told |= _IS_POST * bool(_POST.fullmatch(name)) | _IS_OF_POST * bool(_OF_THE_POST.fullmatch(name))
    return told


def _told_by_parts(word: str) -> int:
    parts = word.split("-")
    noise = _NOISE.occur_in(parts) or names_topic(parts)
    return _IS_NOISE * noise | _IS_NOT_NOISE * _NOT_NOISE.occur_in(parts)


def is_noise_name(names: str) -> bool:
    """Whether an element of these class and id names is not of the article."""
    told = _told(names)
    if told & _IS_OF_POST:
        return False
    return told & (_IS_NOISE | _IS_NOT_NOISE) == _IS_NOISE or bool(told & _IS_FRAME)


def is_hard_noise_name(names: str) -> bool:
    """Whether it is not of the article however much text it holds: comments, sidebars, the page's frame."""
    return _told(names) & (_IS_HARD | _IS_OF_POST) == _IS_HARD


def is_outside_name(names: str) -> bool:
    """Whether no prose of the article stands there, however much text it holds: a caption, or what is never of it."""
    told = _told(names)
    return told & (_IS_HARD | _IS_OF_POST) == _IS_HARD or bool(told & _IS_CAPTION)


def is_caption_name(names: str) -> bool:
    """Whether it is an image's caption or credit."""
    return bool(_told(names) & _IS_CAPTION)


def is_excerpt_name(names: str) -> bool:
    """Whether it is the post's excerpt, if there is more: some themes call the whole text so."""
    return _told(names) & (_IS_EXCERPT | _IS_OF_POST) == _IS_EXCERPT


def is_content_name(names: str) -> bool:
    """Whether WordPress, a theme or a page builder names an element so as the post's content, and nothing else."""
    return _told(names) & (_IS_CONTENT | _IS_POST) == _IS_CONTENT


def is_probable_content_name(names: str) -> bool:
    """Whether the names are such as themes like to give to the post's content."""
    return _told(names) & (_IS_PROBABLE | _IS_POST) == _IS_PROBABLE


def is_post_name(names: str) -> bool:
    """Whether the names are those of a post, which hold more than its content."""
    return bool(_told(names) & _IS_POST)


def is_noise_heading_name(names: str) -> bool:
    """Whether a heading of these classes is not the article's: its other names are slugs of its text."""
    return bool(_told(names) & _IS_HEADING_NOISE)


def is_hidden_name(names: str) -> bool:
    """Whether a class of a well-known style sheet hides it on a desktop's screen."""
    return _told(names) & (_IS_HIDDEN | _IS_SHOWN) == _IS_HIDDEN


def class_of(element: HtmlElement) -> str:
    """The classes of an element."""
    return (element.get("class") or "")[:_MAX_CLASS]


def names_of(element: HtmlElement, attributes: Sequence[str] | None = None) -> str:
    """The classes and the id of an element; ``attributes`` are the names of those it has, where they are at hand."""
    if attributes is None:
        attributes = element.keys()
    if "id" not in attributes:
        return class_of(element) if "class" in attributes else ""
    return f"{class_of(element)} {(element.get('id') or '')[:_MAX_ID]}"

"""URLs: one way to write them, one key to compare them, and whose they are. Pure functions on strings."""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from crawler.remember import remembered

_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|hsa_.*|_hs(enc|mi)|__hs.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid"
    r"|li_fat_id|igsh(id)?|mc_[ce]id|mkt_tok|oly_(anon|enc)_id|vero_(id|conv)|wickedid|s_cid|_ga|_gl|_ke|ref_src|ref_url"
    r"|cmpid|ncid|sharedfrom|replytocom|like_comment|share|nb|shared|doing_wp_cron|noamp|_wpnonce",
    re.IGNORECASE,
)
"""Query parameters that never choose what WordPress shows: tracking of advertisements and shares, comment replies."""

_VIEW = re.compile(
    r"(?:amp|amp_markup|amp_gsa|amp_js_v|usqp|nonamp|print|printpage|printable|print-posts|printer_friendly|cpage)=.*"
    r"|(?:output|outputtype|view|format)=amp",
    re.IGNORECASE | re.DOTALL,
)
"""Parameters that choose how a post is shown: for AMP (``?amp=1``, the AMP plugin's paired URLs), for print, and with
which page of its comments."""

_DEFAULT_PORT = {"http": ":80", "https": ":443"}

_NOT_IN_A_HOST = re.compile(r'[\x00-\x20"#%/<>?@\\^`{|}\x7f]')
"""The forbidden domain code points of the WHATWG URL Standard, which ``urlsplit`` lets pass."""

_PORT = r"(?::(?!(?:80|443)/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?"
"""None, or one that is no scheme's own; of five digits up to 59999."""

_PLAIN = re.compile(rf"https?://[a-z0-9][a-z0-9.-]*{_PORT}/[\w/.%~,@+-]*(?:\?[\w=&%.,/~+-]+)?", re.ASCII)
"""URLs as most are: ASCII, the host in lower case, no fragment. Nothing is left to resolve or to refuse."""

_CANONICAL = re.compile(
    rf"https?://[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}})*{_PORT}/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*)?(?:\?p=\d+)?",
    re.ASCII,
)
"""URLs as WordPress writes those of posts: no query but that of a shortlink, nothing to decode or to resolve. They are
canonical already. Of ports those of four digits or five that no scheme has as its own."""

_DELIMITER = re.compile(r"%(?=2[Ff35]|3[Ff])")
"""Of an encoded slash, question mark, number or percent sign in a path: decoded, it would be another one."""

_CACHED = 8192
"""The pages of a site repeat the same few hundred links: each is normalised once."""


@remembered(_CACHED)
def is_web_url(url: str) -> bool:
    """Whether it is an absolute http or https URL with a host."""
    if _PLAIN.fullmatch(url):
        return True
    try:
        url.encode()  # a lone surrogate has no bytes to send
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.port != 0 and _is_host(parts.hostname or "")
    except ValueError:
        return False


def _is_host(host: str) -> bool:
    """Looked at as IDNA does, which normalises before it encodes."""
    return bool(host) and not _NOT_IN_A_HOST.search(unicodedata.normalize("NFKC", host))


@remembered(_CACHED)
def absolute_url(base: str, href: str | None) -> str | None:
    """``href`` of a page at ``base`` as an absolute web URL; None for ``mailto:``, ``javascript:`` and broken ones."""
    if not href or not (href := href.strip()) or href.startswith("#"):
        return None
    if _PLAIN.fullmatch(href):
        return href
    try:
        url = urljoin(base, href)
    except ValueError:
        return None
    return url if is_web_url(url) else None


@remembered(_CACHED)
def canonical_url(url: str) -> str:
    """One spelling of a URL: RFC 3986 normalised, without fragment, default port and parameters that lead to the
    same post: of tracking, of comments, of AMP and print.

    The scheme, ``www.`` and the trailing slash stay as the site writes them. Raises ValueError if it is no web URL.
    """
    if _CANONICAL.fullmatch(url):
        return url
    if not is_web_url(url):
        raise ValueError(f"not a web URL: {url[:200]!r}")
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    query = urlencode([pair for pair in pairs if not _says_nothing(*pair)], errors="surrogateescape")
    netloc = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORT[parts.scheme])
    return canonicalize_url(urlunsplit((parts.scheme, netloc, _without_dot_segments(parts.path), query, "")))


def _says_nothing(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name) or _VIEW.fullmatch(f"{name}={value}"))


def _without_dot_segments(path: str) -> str:
    """RFC 3986, 5.2.4. One slash at the start: two would make a host of the first segment when the path is joined."""
    slashed = path.replace("\\", "/")  # as browsers read it, and w3lib writes it
    resolved = urlsplit(urljoin("http://host/", "/" + slashed.lstrip("/"))).path
    return "/" + resolved.lstrip("/")


@remembered(_CACHED)
def url_key(url: str) -> str:
    """What two spellings of one URL share: no scheme, ``www.``, trailing slash, letter case, percent-encoding or
    decomposed letters.

    WordPress lower-cases every slug it makes, so letter case never tells two posts apart.
    """
    parts = urlsplit(canonical_url(url))
    decoded = unquote(_DELIMITER.sub("%25", parts.path), errors="surrogateescape")
    path = unicodedata.normalize("NFC", decoded).rstrip("/").lower().encode("utf-8", "surrogateescape")
    host = parts.netloc.removeprefix("www.")
    return host + path.decode("utf-8", "backslashreplace") + (f"?{parts.query}" if parts.query else "")


def site_id(home: str) -> str:
    """The name of a site: its home without scheme, ``www.`` and trailing slash (``example.org/blog``)."""
    parts = urlsplit(canonical_url(home))
    path = re.sub(r"/index\.php$", "", parts.path.rstrip("/"))
    return parts.netloc.removeprefix("www.") + path


def site_host(site: str) -> str:
    """The host of a site, which is what is locked: no two runs ask it at once, whichever of its sites they crawl."""
    return site.partition("/")[0]


@remembered(_CACHED)
def is_on_site(url: str, site: str) -> bool:
    """Whether a URL lies on the site: the same host (with or without ``www.``) and below its path."""
    if not is_web_url(url):
        return False
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORT[parts.scheme]).removeprefix("www.")
    host, _, path = site.partition("/")
    return netloc == host and (not path or (parts.path + "/").startswith(f"/{path}/"))

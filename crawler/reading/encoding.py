"""The encoding of a page: as browsers choose it (HTML, "determining the character encoding"), and a little better."""

import codecs
import re
from itertools import chain, islice

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

from crawler.remember import remembered

_STATEFUL = frozenset({"iso2022_jp", "hz"})
"""Encodings whose bytes are all ASCII."""
_LEGACY = _STATEFUL | {
    "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10",
    "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "gb18030", "big5hkscs",
    "euc_jp", "cp932", "cp949",
}  # fmt: skip
"""What a page may declare, by Python's names: the encodings of the WHATWG Encoding Standard, and HZ, which it gave up.

Python has others, such as ``hex``, ``punycode`` and UTF-7, that no page is in, and that raise or smuggle in mark-up.
"""

_FALLBACK = "cp1252"
_FALLBACKS = {
    "ar": "cp1256", "be": "cp1251", "bg": "cp1251", "cs": "cp1250", "el": "iso8859-7", "et": "cp1257", "fa": "cp1256",
    "he": "cp1255", "hr": "cp1250", "hu": "cp1250", "ja": "cp932", "kk": "cp1251", "ko": "cp949", "ky": "cp1251",
    "lt": "cp1257", "lv": "cp1257", "mk": "cp1251", "pl": "cp1250", "ru": "cp1251", "sk": "cp1250", "sl": "cp1250",
    "sr": "cp1251", "th": "cp874", "tr": "cp1254", "uk": "cp1251", "vi": "cp1258", "zh": "gb18030",
}  # fmt: skip
"""What browsers take for a page that declares nothing, by language: the user's to them, the page's own to us."""
_LANGUAGE = re.compile(rb"<html\b[^>]{0,300}?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)

_META = re.compile(rb"<meta\b[^<>]{0,500}charset", re.IGNORECASE)
_MAX_HEAD = 200_000
"""Bytes in which the meta tag is looked for: browsers look into 1,024, but begin again where a later one differs."""
_MAX_METAS = 10


def decode_page(body: bytes, content_type: str | None) -> str:
    """The text of a page: by its byte-order mark, as UTF-8 if it is that, else by header, meta tag, or language.

    Browsers believe the header before they look at the bytes. But bytes that are valid UTF-8 are UTF-8 whatever a badly
    set up server says, for WordPress has written nothing else in years; and bytes that are not, are not.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body[len(mark) :].decode(encoding, "replace")
    in_header = _in_header(content_type)
    if in_header and in_header.startswith("utf-16") and b"\0" in body[:1024]:
        return body.decode("utf-16-be" if in_header.endswith("be") else "utf-16-le", "replace")
    if not _is_stateful(body, in_header) and (text := _as_utf8(body)) is not None:
        return text
    return _decode_as(body, _legacy(in_header) or _in_markup(body) or _usual(body))


def in_utf8(body: bytes, content_type: str | None) -> bytes:
    """A page in UTF-8, by what ``decode_page`` makes of it; most are in it already, and stay as they are."""
    return body if _is_clean(body, content_type) else decode_page(body, content_type).encode("utf-8", "ignore")


def _is_clean(body: bytes, content_type: str | None) -> bool:
    """Whether it is UTF-8 from end to end, without a mark, and nothing says otherwise that would be believed."""
    in_header = _in_header(content_type)
    if body.startswith(codecs.BOM_UTF8) or (in_header or "").startswith("utf-16") or _is_stateful(body, in_header):
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@remembered(256)
def _in_header(content_type: str | None) -> str | None:
    """The pages of a site have the same header."""
    return http_content_type_encoding(content_type)


def _legacy(name: str | None) -> str | None:
    """A declared encoding, if it is none of Unicode's, which show in the bytes (of a meta tag, UTF-16 means UTF-8)."""
    return name if name in _LEGACY else None


def _in_markup(body: bytes) -> str | None:
    """The encoding that an XML declaration or a meta tag declares, however late."""
    metas = islice(_META.finditer(body[:_MAX_HEAD]), _MAX_METAS)
    starts = chain([0], (match.start() for match in metas))
    names = (html_body_declared_encoding(body[start : start + 1024]) for start in starts)
    return next(filter(None, map(_legacy, names)), None)


def _usual(body: bytes) -> str:
    language = _LANGUAGE.search(body[:4096])
    return _FALLBACKS.get(language[1].decode().lower(), _FALLBACK) if language else _FALLBACK


def _is_stateful(body: bytes, in_header: str | None) -> bool:
    """Whether it is declared to be in an encoding that looks like ASCII."""
    return body.isascii() and (_legacy(in_header) or _in_markup(body)) in _STATEFUL


def _as_utf8(body: bytes) -> str | None:
    """Its text if it is UTF-8; the last character may be cut off if there are others beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(body, final=False)
    except UnicodeDecodeError:
        return None
    if not decoder.getstate()[0]:
        return text
    return None if text.isascii() else body.decode("utf-8", "replace")


def _decode_as(body: bytes, declared: str) -> str:
    """Bytes that are not clean UTF-8: UTF-8 with a few bad bytes among many good ones, or what was declared."""
    if declared not in _STATEFUL:
        as_utf8 = body.decode("utf-8", "replace")
        continuation_bytes = len(body) - len(as_utf8)
        if continuation_bytes > 4 * as_utf8.count("\ufffd"):
            return as_utf8
    return to_unicode(body, declared)

"""The encoding of a page: as browsers choose it (HTML, "determining the character encoding"), and a little better."""

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_FALLBACK = "cp1252"
"""What browsers of most locales take for a page that declares nothing."""

_STATEFUL = frozenset({"iso2022_jp", "hz"})
"""Encodings whose bytes are all ASCII."""


def decode_page(body: bytes, content_type: str | None) -> str:
    """The text of a page: by its byte-order mark, as UTF-8 if it is that, else by header, meta tag, or as cp1252.

    Browsers believe the header before they look at the bytes. But bytes that are valid UTF-8 are UTF-8 whatever a badly
    set up server says, for WordPress has written nothing else in years; and bytes that are not, are not.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body[len(mark) :].decode(encoding, "replace")
    declared = _declared(body, content_type)
    if declared not in _STATEFUL and _is_utf8(body):
        return body.decode("utf-8", "replace")
    return _decode_as(body, declared)


def _declared(body: bytes, content_type: str | None) -> str | None:
    """The encoding that header or meta tag declares, without the Unicode ones, which show in the bytes."""
    labels = http_content_type_encoding(content_type), html_body_declared_encoding(body[:4096])
    names = (resolve_encoding(label) for label in labels if label)
    return next((name for name in names if name and not name.startswith("utf-") and _is_text_codec(name)), None)


def _is_text_codec(name: str) -> bool:
    """Python also has codecs such as ``hex`` and ``rot13`` that no page can be in."""
    try:
        b"a".decode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    return True


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8; the last character may be cut off if there are others beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(body, final=False)
    except UnicodeDecodeError:
        return False
    return not decoder.getstate()[0] or not text.isascii()


def _decode_as(body: bytes, declared: str | None) -> str:
    """Bytes that are not clean UTF-8: UTF-8 with a few bad bytes among many good ones, or what was declared."""
    as_utf8 = body.decode("utf-8", "replace")
    continuation_bytes = len(body) - len(as_utf8)
    if continuation_bytes > 4 * as_utf8.count("\ufffd"):
        return as_utf8
    return body.decode(declared or _FALLBACK, "replace")

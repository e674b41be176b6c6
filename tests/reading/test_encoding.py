"""Encodings: by mark, by the bytes, by declaration."""

import pytest

from crawler.reading.encoding import decode_page

_RUSSIAN = "Мост открыт"
_META = '<meta charset="{}"><p>{}</p>'


@pytest.mark.parametrize(
    ("body", "content_type", "word"),
    [
        (_RUSSIAN.encode(), None, _RUSSIAN),
        (_RUSSIAN.encode(), "text/html; charset=ISO-8859-1", _RUSSIAN),  # a badly set up server
        (_RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", _RUSSIAN),
        (_META.format("windows-1251", _RUSSIAN).encode("cp1251"), None, _RUSSIAN),
        (_META.format("windows-1251", _RUSSIAN).encode("cp1251"), "text/html; charset=utf-8", _RUSSIAN),
        (_META.format("Shift_JIS", "橋が開通").encode("shift_jis"), None, "橋が開通"),
        (_META.format("iso-2022-jp", "橋が開通").encode("iso-2022-jp"), None, "橋が開通"),
        (b"\xff\xfe" + _RUSSIAN.encode("utf-16-le"), "text/html; charset=utf-8", _RUSSIAN),
        (b"\xef\xbb\xbf" + _RUSSIAN.encode(), "text/html; charset=cp1251", _RUSSIAN),
        ("Café “au lait”".encode("cp1252"), None, "Café “au lait”"),
        ("Café".encode("cp1252"), "text/html; charset=hex", "Café"),
        ("Café".encode("cp1252"), "text/html; charset=no-such-thing", "Café"),
        (_RUSSIAN.encode()[:-1], None, _RUSSIAN[:-1]),  # cut off in mid-character
    ],
)
def test_decodes(body: bytes, content_type: str | None, word: str) -> None:
    assert word in decode_page(body, content_type)


def test_a_few_bad_bytes_do_not_spoil_a_page_of_utf8() -> None:
    assert decode_page(_RUSSIAN.encode() * 5 + b"\xe9", "text/html; charset=windows-1251").startswith(_RUSSIAN)

"""Encodings: by mark, by the bytes, by declaration."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.encoding import decode_page, in_utf8

_RUSSIAN = "Мост открыт"
_JAPANESE = "橋が開通した"
_CHINESE = "大桥通车了"
_META = '<meta charset="{}"><p>{}</p>'
_EQUIV = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>{}</p>'


@pytest.mark.parametrize(
    ("body", "content_type", "word"),
    [
        (_RUSSIAN.encode(), None, _RUSSIAN),
        (_RUSSIAN.encode(), "text/html; charset=ISO-8859-1", _RUSSIAN),  # a badly set up server
        (_RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", _RUSSIAN),
        (_META.format("windows-1251", _RUSSIAN).encode("cp1251"), None, _RUSSIAN),
        (_META.format("windows-1251", _RUSSIAN).encode("cp1251"), "text/html; charset=utf-8", _RUSSIAN),
        (_META.format("utf-8", _RUSSIAN).encode("cp1251"), "text/html; charset=windows-1251", _RUSSIAN),
        (_EQUIV.format("KOI8-R", _RUSSIAN).encode("koi8-r"), None, _RUSSIAN),
        (f'<?xml version="1.0" encoding="windows-1251"?><p>{_RUSSIAN}'.encode("cp1251"), None, _RUSSIAN),
        (_META.format("Shift_JIS", _JAPANESE).encode("cp932"), None, _JAPANESE),
        (_META.format("x-sjis", "①").encode("cp932"), None, "①"),  # Windows' letters beyond the standard
        (_META.format("EUC-JP", _JAPANESE).encode("euc-jp"), None, _JAPANESE),
        (_META.format("iso-2022-jp", _JAPANESE).encode("iso-2022-jp"), None, _JAPANESE),
        (f"<p>{_JAPANESE}".encode("iso-2022-jp"), "text/html; charset=ISO-2022-JP", _JAPANESE),
        (_META.format("gb2312", "镕" + _CHINESE).encode("gb18030"), None, "镕" + _CHINESE),  # not in GB 2312 itself
        (_META.format("gbk", "").encode() + b"\x80 5" + _CHINESE.encode("gbk"), None, "€ 5"),
        (_META.format("big5", "大橋通車").encode("big5"), None, "大橋通車"),
        (_META.format("euc-kr", "똠방각하").encode("cp949"), None, "똠방각하"),  # not in EUC-KR itself
        (_META.format("tis-620", "สะพาน").encode("cp874"), None, "สะพาน"),
        (b"\xff\xfe" + _RUSSIAN.encode("utf-16-le"), "text/html; charset=utf-8", _RUSSIAN),
        (b"\xfe\xff" + _RUSSIAN.encode("utf-16-be"), None, _RUSSIAN),
        (b"\xef\xbb\xbf" + _RUSSIAN.encode(), "text/html; charset=cp1251", _RUSSIAN),
        (f"<p>{_RUSSIAN}".encode("utf-16-le"), "text/html; charset=utf-16", _RUSSIAN),
        (f"<p>{_RUSSIAN}".encode("utf-16-be"), "text/html; charset=UTF-16BE", _RUSSIAN),
        (f"<p>{_RUSSIAN}".encode(), "text/html; charset=utf-16", _RUSSIAN),
        (_META.format("utf-16", _RUSSIAN).encode(), None, _RUSSIAN),  # a tag that can be read is in no UTF-16
        (_META.format("x-user-defined", "Café").encode("cp1252"), None, "Café"),
        ("Café “au lait”".encode("cp1252"), None, "Café “au lait”"),
        (_META.format("latin1", "“Café”").encode("cp1252"), None, "“Café”"),
        (_META.format("us-ascii", "“Café”").encode("cp1252"), None, "“Café”"),
        (_META.format("iso-8859-9", "Şişli").encode("cp1254"), None, "Şişli"),
        ("Café".encode("cp1252"), "text/html; charset=hex", "Café"),
        ("Café".encode("cp1252"), "text/html; charset=utf-7", "Café"),
        ("Café".encode("cp1252"), "text/html; charset=no-such-thing", "Café"),
        (_META.format("no-such-thing", "Café").encode("cp1252"), None, "Café"),
        (f'<html dir="ltr" lang="ru-RU"><p>{_RUSSIAN}'.encode("cp1251"), None, _RUSSIAN),
        (f"<html lang=ja><p>{_JAPANESE}".encode("cp932"), None, _JAPANESE),
        (f"<!-- {_META.format('gbk', '')} -->{_META.format('koi8-r', _RUSSIAN)}".encode("koi8-r"), None, _RUSSIAN),
        (("<script>" + "x" * 9000 + "</script>" + _META.format("koi8-r", _RUSSIAN)).encode("koi8-r"), None, _RUSSIAN),
        (_RUSSIAN.encode()[:-1], None, _RUSSIAN[:-1]),  # cut off in mid-character
    ],
)
def test_decodes(body: bytes, content_type: str | None, word: str) -> None:
    assert word in decode_page(body, content_type)
    assert in_utf8(body, content_type) == decode_page(body, content_type).encode()


def test_a_few_bad_bytes_do_not_spoil_a_page_of_utf8() -> None:
    assert decode_page(_RUSSIAN.encode() * 5 + b"\xe9", "text/html; charset=windows-1251").startswith(_RUSSIAN)


def test_utf7_cannot_smuggle_markup() -> None:
    assert "<script" not in decode_page(b"+ADw-script+AD4-", "text/html; charset=utf-7")


@given(st.binary(max_size=300), st.sampled_from(["", "utf-16", "utf-32", "hz", "idna", "punycode", "base64", "gbk"]))
def test_any_bytes_have_a_text(body: bytes, charset: str) -> None:
    for declared in (body, b"<meta charset=" + charset.encode() + b">" + body):
        text = decode_page(declared, f"text/html; charset={charset}")
        assert in_utf8(declared, f"text/html; charset={charset}") == text.encode("utf-8", "ignore")


@pytest.mark.parametrize(
    "unit", [b"<meta charset", b"<meta ", b"<html lang=", b"<!--", b"\xff", b"<meta charset=x>\xff"]
)
def test_hostile_bytes_are_decoded_in_seconds(unit: bytes) -> None:
    before = process_time()
    decode_page(unit * (2_000_000 // len(unit)) + b"\xff", None)
    assert process_time() - before < 5

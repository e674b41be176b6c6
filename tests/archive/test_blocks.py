"""What can be read of files in any state."""

import gzip
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive.blocks import Damaged, block_at, blocks
from crawler.archive.captures import NoCapture, capture_of
from tests.archive.writing import exchange, written

_PLAIN = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: <https://news.example/%d/>\r\n"
    b"WARC-Date: 2020-05-04T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
)


def plain(number: int, http: bytes) -> bytes:
    """A record as wget and Heritrix write it."""
    return _PLAIN % (number, len(http)) + http + b"\r\n\r\n"


def html(body: bytes, *headers: bytes) -> bytes:
    """An answer over HTTP."""
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: text/html", *headers, b"", body])


def urls(path: Path, reasons: Counter[str]) -> list[str]:
    found = []
    for _, data in blocks(path, reasons):
        try:
            found.append(capture_of(data).url)
        except NoCapture:
            continue
        except Damaged as damage:
            reasons[str(damage)] += 1
    return found


def test_a_damaged_record_does_not_hide_those_behind_it(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    path = written(tmp_path, *(exchange(f"https://news.example/{n}/", chance.randbytes(3000)) for n in range(5)))
    offsets = [block.offset for block in blocks(path, Counter()) if b"/2/" in block.data]
    data = bytearray(path.read_bytes())
    data[offsets[0] + 1500 : offsets[0] + 1510] = b"\0" * 10
    path.write_bytes(data)
    reasons = Counter[str]()
    assert urls(path, reasons) == [f"https://news.example/{n}/" for n in (0, 1, 3, 4)]
    assert set(reasons) == {"damaged"}


def test_archives_of_other_tools_are_read(tmp_path: Path) -> None:
    chunked = html(b"5\r\n<p>To\r\n6\r\nld</p>\r\n0\r\n\r\n", b"Transfer-Encoding: chunked")
    path = tmp_path / "wget.warc"
    path.write_bytes(plain(1, html(b"<p>Told</p>")) + plain(2, chunked))
    found = [capture_of(data) for _, data in blocks(path, Counter())]
    assert [(one.url, one.body, one.kind) for one in found] == [
        ("https://news.example/1/", b"<p>Told</p>", "page"),
        ("https://news.example/2/", b"<p>Told</p>", "page"),
    ]
    offset = [block.offset for block in blocks(path, Counter())][1]
    assert capture_of(block_at(path, offset)).url == "https://news.example/2/"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("whole.warc.gz", gzip.compress(plain(1, html(b"x")) + plain(2, html(b"y"))), "not_packed_by_record"),
        ("bomb.warc.gz", gzip.compress(plain(1, html(b"\0" * 20_000_000))), "too_large"),
        ("picture.warc.gz", b"\x89PNG not a WARC at all", "no_record"),
        ("torn.warc", plain(1, html(b"x" * 500))[:300], "torn"),
        (
            "liar.warc",
            plain(1, html(b"x")).replace(b"Content-Length: 4", b"Content-Length: 9999999999994"),
            "too_large",
        ),
    ],
)
def test_what_is_no_archive_is_counted(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path, reasons = tmp_path / name, Counter[str]()
    path.write_bytes(content)
    assert list(blocks(path, reasons)) == []
    assert reason in reasons


def test_a_wrong_digest_is_damage() -> None:
    digest = b"WARC-Payload-Digest: sha1:" + b"A" * 32 + b"\r\n"
    record = plain(1, html(b"x")).replace(b"Content-Type: app", digest + b"Content-Type: app")
    with pytest.raises(Damaged, match="wrong_digest"):
        capture_of(record)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (b"file:///etc/passwd", "no_http"),
        (b"https://news.example/?token=***", "redacted"),
        (b"https://news.example/" + b"a" * 3000, "no_http"),
    ],
)
def test_not_every_address_is_one(told: bytes, reason: str) -> None:
    with pytest.raises(NoCapture, match=reason):
        capture_of(plain(1, html(b"x")).replace(b"https://news.example/1/", told))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=30)), max_size=5), is_packed=st.booleans())
def test_no_bytes_break_the_reader(tmp_path: Path, cuts: list[tuple[int, bytes]], is_packed: bool) -> None:
    records = [plain(n, html(b"<p>Told</p>")) for n in range(4)]
    data = bytearray(b"".join(map(gzip.compress, records) if is_packed else records))
    for place, garbage in cuts:
        data[place : place + len(garbage)] = garbage
    path = tmp_path / "any.warc.gz"
    path.write_bytes(data)
    assert len(urls(path, Counter())) <= 4 + len(cuts)

"""WARC records, read by warcio and by its own check."""

import gzip
from base64 import b32encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha1
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has no types
from warcio.checker import Checker  # type: ignore[import-untyped]  # likewise

from crawler.archive.captures import NoCapture, capture_of, told_by
from crawler.archive.exchange import Conversion, tellable
from crawler.archive.records import NOT_MODIFIED, SAME_PAYLOAD, Payload, Remembered, conversion_record
from tests.archive.writing import AT, exchange, written


def heads(path: Path) -> list[dict[str, str]]:
    """The headers of each record."""
    with path.open("rb") as file:
        return [dict(record.rec_headers.headers) for record in ArchiveIterator(file)]


def check(path: Path) -> int:
    """What ``warcio check`` exits with."""

    class Told:
        inputs = (str(path),)
        verbose = False

    checker = Checker(Told())
    checker.process_all()
    return int(checker.exit_value)


def test_an_exchange_is_a_response_and_its_request(tmp_path: Path) -> None:
    path = written(tmp_path, exchange("https://news.example/a/?p=1"))
    info, answer, request = heads(path)
    assert path.name == "presswalk-20251203180000-crawler1-692f0a3c5d1e8b7a4c2f9e01-00000.warc.gz"
    assert (info["WARC-Type"], info["WARC-Filename"]) == ("warcinfo", path.name)
    assert answer["WARC-Type"] == "response"
    assert answer["WARC-Target-URI"] == "https://news.example/a/?p=1"
    assert answer["WARC-Date"] == "2025-12-03T18:00:00.123456Z"
    assert answer["WARC-IP-Address"] == "203.0.113.7"
    digest = b32encode(sha1(b"<p>Told</p>", usedforsecurity=False).digest()).decode()
    assert answer["WARC-Payload-Digest"] == f"sha1:{digest}"
    assert (request["WARC-Type"], request["WARC-Concurrent-To"]) == ("request", answer["WARC-Record-ID"])
    assert check(path) == 0
    with path.open("rb") as file:
        lines = [record.http_headers.to_str() for record in ArchiveIterator(file) if record.rec_type == "request"]
    assert lines == ["GET /a/?p=1 HTTP/1.1\r\nHost: news.example\r\nUser-Agent: Presswalk\r\n"]


def test_the_body_is_kept_as_the_server_packed_it(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>Told</p>")
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    path = written(tmp_path, replace(exchange(body=packed), headers=headers))
    with path.open("rb") as file:
        bodies = [r.raw_stream.read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    with path.open("rb") as file:
        told = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert bodies == [packed]
    assert told == [b"<p>Told</p>"]
    assert check(path) == 0


def test_what_is_unchanged_is_a_revisit(tmp_path: Path) -> None:
    later = AT + timedelta(hours=1)
    not_modified = exchange(body=b"", status=304, at=later)
    path = written(tmp_path, exchange(), exchange(at=later), not_modified, exchange("https://news.example/b/"))
    kinds = [(head["WARC-Type"], head.get("WARC-Profile"), head.get("WARC-Refers-To-Date")) for head in heads(path)]
    assert [kind for kind in kinds if kind[0] in ("response", "revisit")] == [
        ("response", None, None),
        ("revisit", SAME_PAYLOAD, "2025-12-03T18:00:00.123456Z"),
        ("revisit", NOT_MODIFIED, None),
        ("response", None, None),
    ]
    assert check(path) == 0


def test_only_the_latest_payload_of_a_url_is_repeated() -> None:
    remembered = Remembered(most=2)
    a, b = Payload("sha1:A", "2025"), Payload("sha1:B", "2026")
    assert remembered.same("x", a) is None
    assert remembered.same("x", a) == a
    assert remembered.same("x", b) is None
    assert remembered.same("x", a) is None  # as after an edit that was taken back
    remembered.same("y", a)
    remembered.same("z", a)
    assert remembered.same("x", a) is None
    remembered.forget("z")
    assert remembered.same("z", a) is None


def test_what_scripts_made_refers_to_the_answer(tmp_path: Path) -> None:
    own = "<urn:uuid:12345678>"
    made = Conversion(url="https://news.example/a/", at=AT, of=own, html="<p>Gemacht: ü</p>".encode())
    path = written(tmp_path, replace(exchange("https://news.example/a/"), record=own), made)
    _, answer, _, conversion = heads(path)
    assert answer["WARC-Record-ID"] == conversion["WARC-Refers-To"] == own
    assert (conversion["WARC-Type"], conversion["Content-Type"]) == ("conversion", "text/html; charset=utf-8")
    assert (conversion["WARC-Target-URI"], conversion["Content-Length"]) == ("https://news.example/a/", "18")
    assert check(path) == 0


@pytest.mark.parametrize("left_out", [b"Presswalk-Made-By: scripts\r\n", b"Content-Type: text/html; charset=utf-8\r\n"])
def test_what_another_tool_made_of_a_page_is_not_read_in_its_place(left_out: bytes) -> None:
    made = Conversion(url="https://news.example/a/", at=AT, of="<urn:uuid:12345678>", html=b"<p>An extract</p>")
    record = gzip.decompress(conversion_record(made))
    assert told_by(record) == capture_of(record)
    of_another = record.replace(b"Presswalk-Made-By: scripts\r\n", b"").replace(left_out, b"")
    with pytest.raises(NoCapture, match="conversion"):
        told_by(of_another)


def test_no_credentials_are_archived() -> None:
    told = tellable([
        (b"Authorization", b"Basic c2VjcmV0"), (b"Cookie", b"a=secret"), (b"Set-Cookie", b"a=secret"),
        (b"Proxy-Authorization", b"Basic c2VjcmV0"), (b"X-API-Key", b"secret"),
        (b"Location", b"https://news.example/?token=secret&p=1"), (b"Referer", b"https://me:secret@news.example/"),
        (b"Content-Type", b"text/html"),
    ])  # fmt: skip
    assert told == (
        ("Location", "https://news.example/?token=***&p=1"),
        ("Referer", "https://***@news.example/"),
        ("Content-Type", "text/html"),
    )

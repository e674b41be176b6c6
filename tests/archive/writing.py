"""Exchanges and files to test with."""

from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.exchange import Conversion, Exchange
from crawler.archive.files import WarcFiles
from crawler.archive.names import warc_name
from crawler.archive.records import Remembered, conversion_record, exchange_records, warcinfo

AT = datetime(2025, 12, 3, 18, 0, 0, 123456, tzinfo=UTC)


def exchange(
    url: str = "https://news.example/a/", body: bytes = b"<p>Told</p>", status: int = 200, at: datetime = AT
) -> Exchange:
    """An answer in HTML."""
    return Exchange(
        url=url, at=at, method="GET", request_headers=(("User-Agent", "Presswalk"),), protocol="HTTP/1.1",
        status=status, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body, address="203.0.113.7",
    )  # fmt: skip


def files(folder: Path, most_bytes: int = 10_000_000, run: str = "692f0a3c5d1e8b7a4c2f9e01") -> WarcFiles:
    """Files of one run."""

    def name(serial: int) -> str:
        return warc_name(AT, "crawler1.example", run, serial)

    return WarcFiles(folder, most_bytes, name, lambda told: warcinfo(told, AT, {"software": "presswalk"}))


def written(folder: Path, *records: Exchange | Conversion) -> Path:
    """The one file that these are in."""
    warcs, remembered = files(folder), Remembered()
    for one in records:
        warcs.append(conversion_record(one) if isinstance(one, Conversion) else exchange_records(one, remembered))
    warcs.close()
    (path,) = folder.glob("*.warc.gz")
    return path

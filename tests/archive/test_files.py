"""Files that stay whole: when they are full, when the disk is, when the process is killed."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.archive.blocks import blocks
from crawler.archive.captures import NoCapture, capture_of
from crawler.archive.names import warc_name
from crawler.archive.records import Remembered, exchange_records
from tests.archive.writing import AT, exchange, files

REPOSITORY = Path(__file__).resolve().parents[2]

_WRITES = """
import sys
from pathlib import Path
from crawler.archive.records import Remembered, exchange_records
from tests.archive.writing import exchange, files
warcs, remembered = files(Path(sys.argv[1]), run=sys.argv[2]), Remembered()
for number in range(1_000_000):
    warcs.append(exchange_records(exchange(f"https://news.example/{number}/", b"<p>%d</p>" % number * 500), remembered))
    print(number, flush=True)
"""


def urls_in(path: Path, reasons: Counter[str]) -> list[str]:
    """Of the answers in a file."""
    found = []
    for block in blocks(path, reasons):
        try:
            found.append(capture_of(block.data).url)
        except NoCapture:
            continue
    return found


def test_a_name_has_nothing_that_a_stranger_says() -> None:
    name = warc_name(AT, "../../evil host\n.example", "692f/..", 12)
    assert name == "presswalk-20251203180000-machine-692f-00012.warc.gz"


def test_a_new_file_is_begun_when_one_is_full(tmp_path: Path) -> None:
    warcs = files(tmp_path, most_bytes=1)
    for number in range(3):
        warcs.append(exchange_records(exchange(f"https://news.example/{number}/"), Remembered()))
    warcs.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name[-14:] for name in names] == ["-00000.warc.gz", "-00001.warc.gz", "-00002.warc.gz"]
    assert [urls_in(tmp_path / name, Counter()) for name in names] == [[f"https://news.example/{n}/"] for n in range(3)]


def test_a_file_is_called_open_while_it_is_written(tmp_path: Path) -> None:
    warcs = files(tmp_path)
    warcs.append(exchange_records(exchange(), Remembered()))
    assert [path.suffix for path in tmp_path.iterdir()] == [".open"]
    warcs.close()
    assert [path.suffix for path in tmp_path.iterdir()] == [".gz"]


def test_a_full_disk_leaves_whole_records_and_is_overcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warcs, write = files(tmp_path), os.write

    def half(file: int, data: bytes) -> int:
        write(file, bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    warcs.append(exchange_records(exchange("https://news.example/1/"), Remembered()))
    with monkeypatch.context() as full, pytest.raises(OSError, match="No space"):
        full.setattr(os, "write", half)
        warcs.append(exchange_records(exchange("https://news.example/2/"), Remembered()))
    warcs.append(exchange_records(exchange("https://news.example/3/"), Remembered()))
    warcs.close()
    (path,), reasons = tmp_path.iterdir(), Counter[str]()
    assert urls_in(path, reasons) == ["https://news.example/1/", "https://news.example/3/"]
    assert not reasons


def test_two_processes_write_side_by_side_and_a_kill_costs_at_most_a_record(tmp_path: Path) -> None:
    environment = dict(os.environ) | {"PYTHONPATH": str(REPOSITORY)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITES, str(tmp_path), run],
            cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True,
        )
        for run in ("a1", "b2")
    ]  # fmt: skip
    for process in processes:
        assert process.stdout
        while process.stdout.readline() != "20\n":
            time.sleep(0)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    left = sorted(tmp_path.iterdir())
    assert [path.name.split("-")[3] for path in left] == ["a1", "b2"]
    for path in left:
        reasons = Counter[str]()
        urls = urls_in(path, reasons)
        assert urls == [f"https://news.example/{number}/" for number in range(len(urls))]
        assert len(urls) > 20
        assert set(reasons) <= {"torn"}
        with path.open("rb+") as file:  # as if the machine had failed: half of the last record
            file.truncate(path.stat().st_size - 40)
        assert urls_in(path, reasons) in (urls, urls[:-1])
        assert reasons["torn"] >= 1

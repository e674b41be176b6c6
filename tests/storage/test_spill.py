"""Files of what is not stored yet: for one database, one reader at a time, whatever becomes of the machine."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.storage.spill import Document, SpillFile, SpillFull

WHERE = "mongodb://127.0.0.1:27017/, database presswalk"


def left(folder: Path, *documents: Document, name: str = "a", where: str = WHERE) -> Path:
    """A file as a run leaves it."""
    file = SpillFile.create(folder, name, where, 1_000_000)
    file.append(documents)
    file.close()
    return file.path


def claimed(folder: Path, where: str = WHERE) -> list[list[Document]]:
    """What the next run finds."""
    found = []
    for file in SpillFile.claim(folder, where):
        found.append(list(file.documents())[1:])
        file.close()
    return found


def test_what_a_run_left_is_there_for_the_next_one_the_oldest_first(tmp_path: Path) -> None:
    left(tmp_path, {"n": 3}, name="b")
    left(tmp_path, {"n": 1}, {"n": 2}, name="a")
    assert claimed(tmp_path) == [[{"n": 1}, {"n": 2}], [{"n": 3}]]


def test_one_reader_at_a_time_and_none_while_it_is_written(tmp_path: Path) -> None:
    file = SpillFile.create(tmp_path, "a", WHERE, 1_000_000)
    assert claimed(tmp_path) == []
    file.close()
    [first] = SpillFile.claim(tmp_path, WHERE)
    assert claimed(tmp_path) == []
    first.remove()
    assert claimed(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_for_another_database_is_left_there(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = left(tmp_path, {"n": 1}, where="another")
    assert claimed(tmp_path) == []
    assert f"{path} is for another database: another" in caplog.text
    assert claimed(tmp_path, "another") == [[{"n": 1}]]


@pytest.mark.parametrize("damage", [b"\x40\x00\x00\x00\x02", b"\x00" * 100, b"\x05", b"\xff" * 64])
def test_a_damaged_end_is_skipped_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    path = left(tmp_path, {"n": 1}, {"n": 2})
    with path.open("ab") as file:
        file.write(damage)
    assert claimed(tmp_path) == [[{"n": 1}, {"n": 2}]]
    assert f"{path} is damaged" in caplog.text


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    left(tmp_path, {"text": "x" * 600})
    file = SpillFile.create(tmp_path, "b", WHERE, 1500)
    file.append([{"text": "x" * 300}])
    with pytest.raises(SpillFull, match="SPILL_MAX_MB"):
        file.append([{"n": 1}, {"text": "x" * 600}])
    file.close()
    assert claimed(tmp_path)[1] == [{"text": "x" * 300}]
    with pytest.raises(SpillFull):
        SpillFile.create(tmp_path, "c", WHERE, 1000)
    assert not (tmp_path / "c.bson").exists()


FILL = """
import signal, sys
from pathlib import Path
from crawler.storage.spill import SpillFile
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = SpillFile.create(Path(sys.argv[1]), "a", sys.argv[2], 10**9)
file.append([{"n": 1}])
try:
    file.append([{"n": 2}, {"text": "x" * 5000}])
except OSError as error:
    print(type(error).__name__)
file.append([{"n": 3}])
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path), WHERE],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "OSError\n"
    assert claimed(tmp_path) == [[{"n": 1}, {"n": 3}]]

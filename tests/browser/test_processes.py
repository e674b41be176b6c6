"""The processes of a browser: found by a mark on the command line of the first."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from crawler.browser.processes import Process, family, kill, largest

_PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


@pytest.fixture
def parent() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that started another one."""
    with subprocess.Popen([sys.executable, "-c", _PARENT, "--mark-of-a-test"]) as process:
        yield process
        for one in family("--mark-of-a-test"):
            kill(one)


def test_all_that_one_started_are_found_and_ended(parent: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 20
    while len(found := family("--mark-of-a-test")) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    assert found[0].pid == parent.pid
    assert found[1].parent == parent.pid
    assert all(one.resident > 100_000 for one in found)
    for one in reversed(found):
        kill(one)
    parent.wait(20)
    assert family("--mark-of-a-test") == []


def test_what_has_ended_is_killed_without_an_error() -> None:
    kill(Process(2**22 - 1, 1, [], 0))


def test_the_largest_is_one_that_shows_pages() -> None:
    first, page, other = (
        Process(1, 0, ["c"], 900),
        Process(2, 1, ["c", "--type=renderer"], 300),
        Process(3, 1, ["c", "--type=gpu"], 400),
    )
    assert largest([first, page, other]) == page
    assert largest([first, other]) == first
    assert largest([]) is None

"""docs/scheduling.md and the units of systemd."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (_ROOT / "docs/scheduling.md").read_text("utf-8")


def unit(name: str) -> configparser.ConfigParser:
    """A unit of systemd, without the lines that it may have twice."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as its documentation says
    parser.read_string((_ROOT / "deploy" / name).read_text("utf-8"))
    return parser


def test_the_line_for_cron_is_that_of_the_crontab() -> None:
    [line] = re.findall(r"^\*/5 .*$", DOCUMENT, re.MULTILINE)
    assert line in (_ROOT / "deploy/crontab").read_text("utf-8").splitlines()


def test_the_timer_starts_the_service_as_told() -> None:
    timer, service = unit("presswalk.timer"), unit("presswalk.service")
    assert timer["Timer"]["OnCalendar"] == "*:0/5"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["Service"]["ExecStart"].endswith("/scrapy crawl wordpress -a due=1 --quiet")
    assert service["Service"]["SuccessExitStatus"].split() == ["3", "8"]
    assert service["Service"]["WorkingDirectory"] == "/srv/presswalk"


def test_every_file_that_is_named_is_there() -> None:
    for name in re.findall(r"`?(deploy/[\w.-]+|docker-compose\.yml)", DOCUMENT):
        assert (_ROOT / name).exists(), name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_timer() -> None:
    told = subprocess.run(
        ["systemd-analyze", "calendar", unit("presswalk.timer")["Timer"]["OnCalendar"]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr

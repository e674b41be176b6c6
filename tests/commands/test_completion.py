"""What shells complete: bash is asked, zsh and fish are given the same names."""

import shutil
import subprocess
from pathlib import Path

import pytest
from scrapy.cmdline import execute

_ASK = """
source "$1"; shift
compopt() { echo nospace; }
COMP_WORDS=(scrapy "$@"); COMP_CWORD=$#
_presswalk scrapy "${@: -1}" "${@: -2:1}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


_ASK_ZSH = """
compdef() { :; }
compadd() { print -l -- "${@:4}"; }
source "$1"; shift
words=("$@")
_presswalk_a
"""


def installed(shell: str) -> str:
    """The program of a shell; the test is skipped where there is none."""
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"{shell} is not installed")
    return program


def script_for(shell: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status of ``scrapy completion``, and what it printed."""
    with pytest.raises(SystemExit) as end:
        execute(["scrapy", "completion", *shell.split()])
    return int(end.value.code or 0), *capsys.readouterr()


def test_bash_completes_all_that_we_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "script").write_text(script_for("bash", capsys)[1])
    bash = shutil.which("bash")
    assert bash

    def completed(*words: str) -> list[str]:
        command = [bash, "--norc", "-c", _ASK, "bash", str(tmp_path / "script"), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.split()

    assert completed("cr") == ["crawl"]
    assert completed("crawl", "") == ["category", "listen", "navigation", "wordpress"]
    assert completed("crawl", "wordpress", "-a", "s") == ["nospace", "since=", "site="]
    assert completed("crawl", "navigation", "-a", "") == ["nospace", "browser=", "direction=", "limit=", "url="]
    assert "site=" not in completed("crawl", "listen", "-a", "s")
    assert completed("crawl", "-a", "si") == ["nospace", "since=", "site="]
    told = ("crawl", "wordpress", "-a", "site", "=", "news.example")
    assert completed(*told, "-s", "WARC") == ["nospace", "WARC_DIR=", "WARC_MAX_MB="]
    assert completed(*told, "--q") == ["--quiet"]
    assert completed("articles", "--se") == ["--set", "--search"]
    assert completed("sites", "") == ["list", "add", "remove", "show"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_the_same_names(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_for(shell, capsys)[1]
    for name in ("navigation", "types=", "WARC_DIR=", "PUSH_URL=", "search"):
        assert name in script


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_parse_it(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = installed(shell)
    (tmp_path / "script").write_text(script_for(shell, capsys)[1])
    command = [program, "--no-execute" if shell == "fish" else "-n", str(tmp_path / "script")]
    parsed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (parsed.returncode, parsed.stdout, parsed.stderr) == (0, "", "")


def test_zsh_offers_the_arguments_of_the_spider_on_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = installed("zsh")
    (tmp_path / "script").write_text(script_for("zsh", capsys)[1])

    def offered(*words: str) -> list[str]:
        command = [program, "--no-rcs", "-c", _ASK_ZSH, "zsh", str(tmp_path / "script"), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.split()

    assert offered("crawl", "category", "-a", "") == ["browser=", "limit=", "url="]
    assert offered("crawl", "wordpress", "-a", "")[:3] == ["browser=", "due=", "full="]
    assert {"site=", "url="} <= set(offered("crawl", "-a", ""))


@pytest.mark.parametrize("shell", ["", "cmd.exe", "bash zsh"])
def test_of_another_shell_it_is_said_which_there_are(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert script_for(shell, capsys) == (2, "", "scrapy completion: of which shell? bash or zsh or fish\n")

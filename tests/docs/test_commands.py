"""Every command line of the documents: it can be parsed, names settings that there are, and targets of the Makefile."""

import re
import shlex
from argparse import ArgumentError
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from scrapy.cmdline import ScrapyArgumentParser, _get_commands_dict
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings, default_settings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

_ROOT = Path(__file__).resolve().parents[2]
_DEPLOYED = sorted(path for path in (_ROOT / "deploy").rglob("*") if path.is_file())
FILES = [_ROOT / "README.md", *sorted((_ROOT / "docs").glob("*.md")), *_DEPLOYED]

_BLOCK = re.compile(r"^```(?:sh|console|bash)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:[A-Z_]+=\S+ )*(?:scrapy|make) [^`]+)`")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_SCRAPY = re.compile(r"(?:^|.*[\s/])scrapy (?P<arguments>[a-z].*)")
_MAKE = re.compile(r"(?:^|.*&& )make (?P<arguments>[\w-]+.*)")
_SETTING = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_NOT_OURS = frozenset({"EVENTS_WEBHOOK_SECRET"})


def lines_of(path: Path) -> Iterator[str]:
    """What a reader would type, without comments, grammar and what follows a pipe."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        pieces = [line for block in _BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]
        pieces += _INLINE.findall(text.replace("\n", " ")) if "`" in text else []
    else:
        pieces = text.splitlines()
    for piece in pieces:
        for line in _COMMENT.sub("", piece).split(" | "):
            yield line.removeprefix("$ ").strip()


def commands(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """File and arguments of each command, once."""
    found = {
        (path.name, match["arguments"]): None
        for path in FILES
        for line in lines_of(path)
        if (match := pattern.match(line))
    }
    return list(found)


@cache
def project() -> Settings:
    return get_project_settings()


def check_scrapy(arguments: str) -> None:
    """Raises AssertionError for what Scrapy, a spider or the settings do not know."""
    words = shlex.split(re.sub(r"[\[\]]|…$", "", arguments.partition(";")[0].partition(" >")[0]))
    known: dict[str, ScrapyCommand] = _get_commands_dict(project(), inproject=True)
    assert words[0] in known, words[0]
    command = known[words[0]]
    command.settings = project().copy()
    parser = ScrapyArgumentParser(prog=words[0], conflict_handler="resolve", exit_on_error=False)
    command.add_options(parser)
    is_named_alone = words[-1] in parser._option_string_actions and parser._option_string_actions[words[-1]].nargs != 0
    told, left = parser.parse_known_args([*words[1:], *(["1"] if is_named_alone else [])])
    assert not [word for word in left if word.startswith("--")], arguments
    check_settings(getattr(told, "set", None) or [])
    if words[0] == "crawl" and left:
        spider = get_spider_loader(project()).load(left[0].split("|")[0])
        names = {argument.partition("=")[0] for argument in told.spargs}
        assert names <= set(spider.arguments_model.model_fields), arguments  # type: ignore[attr-defined]  # ours have one


def check_settings(told: list[str]) -> None:
    for pair in told:
        name = pair.partition("=")[0]
        assert name in project() or hasattr(default_settings, name), name


def is_for_us(arguments: str) -> bool:
    """Whether it is a whole command line; ``scrapy crawl … -O articles.jsonl`` is none."""
    return re.search(r"\{| … ", arguments) is None


SCRAPY = [one for one in commands(_SCRAPY) if is_for_us(one[1])]


def test_there_are_commands() -> None:
    assert len(SCRAPY) > 80
    assert len(commands(_MAKE)) > 5


@pytest.mark.parametrize(("file", "arguments"), SCRAPY)
def test_scrapy_understands_what_is_shown(file: str, arguments: str) -> None:
    try:
        check_scrapy(arguments)
    except (UsageError, ArgumentError, SystemExit) as refused:
        if isinstance(refused, SystemExit) and not refused.code:  # --help
            return
        raise AssertionError(f"{file}: scrapy {arguments}") from refused


@pytest.mark.parametrize(("file", "arguments"), commands(_MAKE))
def test_make_has_what_is_shown(file: str, arguments: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (_ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert arguments.split(maxsplit=1)[0] in targets, file


def test_every_setting_of_operating_is_one() -> None:
    rows = re.findall(r"^\| (`[A-Z][^|]+) \|", (_ROOT / "docs/operating.md").read_text("utf-8"), re.MULTILINE)
    names = {name for row in rows for name in _SETTING.findall(row)} - {"PUSH_"}
    assert len(names) > 30
    missing = {name for name in names if name not in project() and not hasattr(default_settings, name)}
    assert missing <= _NOT_OURS, missing

"""docs/threats.md against the tests that it names, and the code."""

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (_ROOT / "docs/threats.md").read_text("utf-8")

NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))

_OF_PATHS = frozenset(
    ["read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rename", "symlink_to"]
)
"""Methods of paths that touch files."""

OPERATORS = {
    "crawler/browser/processes.py",  # /proc/NUMBER, for the memory of the browser
    "crawler/archive/files.py",  # WARC_DIR
    "crawler/archive/options.py",
    "crawler/siterules.py",  # SITE_RULES
    "crawler/commands/output.py",  # --output FILE
    "crawler/metrics/file.py",  # METRICS_FILE
    "crawler/start_urls.py",  # lists of sites: @FILE
    "crawler/storage/embedded.py",  # MONGODB_EMBEDDED_FOLDER
    "crawler/storage/keeper.py",
    "crawler/storage/spill.py",  # SPILL_FOLDER
}
"""Modules that open files, whose names who runs Presswalk has given."""


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_is_said_to_show_it_is_a_test(file: str, name: str) -> None:
    tree = ast.parse((_ROOT / file).read_text("utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in functions
    assert name.startswith("test_")


def test_every_threat_is_answered_and_shown() -> None:
    rows = [row for row in DOCUMENT.splitlines() if row.startswith("| ") and not row.startswith("| threat |")]
    assert len(rows) > 30
    for row in rows:
        threat, answer, shown = (cell.strip() for cell in row.strip("|").split(" | "))
        assert threat
        assert answer
        assert re.fullmatch(r"`tests/[\w/]+\.py::\w+`(, `tests/[\w/]+\.py::\w+`)*", shown), row


def test_only_what_the_operator_names_is_opened() -> None:
    sources = [path for folder in ("crawler", "pipelines") for path in (_ROOT / folder).rglob("*.py")]
    assert {str(path.relative_to(_ROOT)) for path in sources if _opens_files(path)} == OPERATORS


def _opens_files(path: Path) -> bool:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    is_open = any(isinstance(call, ast.Name) and call.id == "open" for call in calls)
    return is_open or any(isinstance(call, ast.Attribute) and call.attr in _OF_PATHS for call in calls)

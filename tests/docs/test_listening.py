"""docs/listening.md against the code."""

import re
from pathlib import Path
from typing import get_args

from crawler.push import signature
from crawler.push.options import Options
from crawler.push.websub import LARGEST

_ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (_ROOT / "docs/listening.md").read_text("utf-8")
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted((_ROOT / "crawler/push").glob("*.py")))


def test_every_setting_is_listed_and_no_other() -> None:
    settings = set(re.findall(r'"(PUSH_[A-Z_]+)"', SOURCE))
    assert len(settings) == 8
    assert set(re.findall(r"PUSH_[A-Z_]+", DOCUMENT)) == settings


def test_the_defaults_are_as_documented() -> None:
    default = Options()
    assert f"`{default.host}`, {default.port} |" in DOCUMENT
    assert f"`PUSH_DEBOUNCE_SECONDS` | {default.debounce:.0f} |" in DOCUMENT
    assert f"at most {default.most_connections} connections" in DOCUMENT
    assert f"refused {default.bad_requests.burst:.0f} times" in DOCUMENT
    assert (default.request_seconds, default.store_seconds, LARGEST) == (10.0, 10.0, 4_000_000)


def test_every_reason_is_listed() -> None:
    refusals = set(re.findall(r'(?:refusal|Fault|refused)\(\s*"([a-z_]+)"', SOURCE))
    outcomes = set(re.findall(r'(?:Intent|Delivery|_agreed)\([^"\n]*"([a-z_]+)"', SOURCE))
    counted = set(re.findall(r'count\(\s*f?"([a-z_]+)(?:/([a-z_]+))?', SOURCE))
    assert {"too_large", "slow", "xml", "token", "rate"} <= refusals
    assert {"delivered", "late", "denied", "not_asked_for"} <= outcomes
    names = refusals | outcomes | {second or first for first, second in counted}
    names |= {f"signature_{verdict}" for verdict in get_args(signature.Verdict) if verdict != "right"}
    table = DOCUMENT.partition("Everything is counted")[2]
    assert {name for name in names if not re.search(rf"\b{name}\b", table)} == set()


def test_what_the_process_counts_besides_is_listed() -> None:
    files = ("extensions/listening.py", "extensions/subscriber.py", "spiders/listen.py")
    source = "\n".join((_ROOT / "crawler" / name).read_text("utf-8") for name in files)
    counted = set(re.findall(r'(?:count|pushed)\(f?"(\w+)(?:/(\w+))?', source))
    assert len(counted) == 8
    table = DOCUMENT.partition("Everything is counted")[2]
    assert {name for pair in counted for name in pair if name and not re.search(rf"\b{name}\b", table)} == set()


def test_the_settings_of_the_process_are_documented() -> None:
    operating = (_ROOT / "docs/operating.md").read_text("utf-8")
    for name in re.findall(r"^(LISTEN_\w+) = (\d+)$", (_ROOT / "crawler/settings.py").read_text("utf-8"), re.MULTILINE):
        assert name[0] in operating
        assert name[1] in operating

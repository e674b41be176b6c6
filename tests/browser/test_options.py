"""Which Chromium is started, and how."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.browser.options import BrowserOptions, found_executable

_SETTINGS = "crawler.settings"


def _options(**told: Any) -> BrowserOptions:
    settings = Settings()
    settings.setmodule(_SETTINGS)
    settings.setdict(told, priority="cmdline")
    return BrowserOptions.from_settings(settings)


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_playwrights_own_comes_before_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = _program(tmp_path / "bin/chromium")
    monkeypatch.setenv("PATH", str(system.parent))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "pw"))
    assert found_executable() == str(system)
    whole = _program(tmp_path / "pw/chromium-1200/chrome-linux/chrome")
    assert found_executable() == str(whole)
    shell = _program(tmp_path / "pw/chromium_headless_shell-1200/chrome-linux/headless_shell")
    assert found_executable() == str(shell)


def test_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert found_executable() is None
    assert _options(BROWSER_EXECUTABLE=None).executable is None


def test_what_is_named_has_to_be_there(tmp_path: Path) -> None:
    named = str(_program(tmp_path / "mine"))
    assert _options(BROWSER_EXECUTABLE=named).executable == named
    with pytest.raises(ValueError, match="BROWSER_EXECUTABLE: /nowhere/chromium is no program"):
        _options(BROWSER_EXECUTABLE="/nowhere/chromium")


@pytest.mark.parametrize("wrong", [{"BROWSER_PAGES": 0}, {"BROWSER_SECONDS": 0}, {"BROWSER_CONTEXTS": "many"}])
def test_wrong_numbers_are_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="BROWSER_"):
        _options(**wrong)


def test_the_sandbox_is_on_but_for_root_and_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, is_on in ((0, False), (1000, True)):
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        assert _options(BROWSER_SANDBOX=None).sandbox is is_on
    assert _options(BROWSER_SANDBOX="0").sandbox is False
    assert _options(BROWSER_SANDBOX="1").sandbox is True


def test_chromium_itself_finds_no_network() -> None:
    told = _options().launch("--mark")
    arguments = told["args"]
    assert isinstance(arguments, list)
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in arguments
    assert "--proxy-server=http://no-network.invalid:9" in arguments
    assert "--proxy-bypass-list=<-loopback>" in arguments
    assert "--mark" in arguments


def test_nothing_of_playwright_is_imported_before_there_is_a_page() -> None:
    modules = (
        "crawler.spiders.wordpress, crawler.extensions.browser, crawler.middlewares.browser, crawler.commands.crawl"
    )
    script = f"import sys, {modules}; print([name for name in sys.modules if 'playwright' in name])"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.strip() == "[]"

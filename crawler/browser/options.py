"""What operators say of the browser, and what Chromium is started with. Pure but for looking where it is."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from scrapy.settings import BaseSettings

from crawler.numbers import number, whole_number

INSTALL = "apt-get install chromium libatomic1, or: playwright install chromium-headless-shell (docs/browser.md)"
"""The commands that install one. Playwright brings a Node of its own, which needs ``libatomic1`` of the system."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OF_PLAYWRIGHT = ("chromium_headless_shell-*/*/*shell", "chromium-*/*/chrome")
"""Below Playwright's folder; the shell is smaller, and all that is needed."""

_NO_NETWORK = (
    "--proxy-server=http://no-network.invalid:9", "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic", "--dns-prefetch-disable", "--no-pings",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp", "--force-webrtc-ip-handling-policy",
    "--disable-domain-reliability", "--disable-client-side-phishing-detection",
)  # fmt: skip
"""Whatever does not come by Playwright's routes (web sockets, WebRTC, what Chromium asks for itself) finds no host."""
_OFF = ("Translate", "OptimizationHints", "MediaRouter", "DialMediaRouteProvider", "AutofillServerCommunication")
_FRUGAL = (
    "--disable-dev-shm-usage", "--disable-gpu", "--blink-settings=imagesEnabled=false", "--mute-audio",
    "--renderer-process-limit=4", f"--disable-features={','.join(_OFF)}",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserOptions:
    """Seconds, megabytes, and how many."""

    executable: str | None = None
    """None where there is none."""
    sandbox: bool = True
    pages: int = 2
    """At once, of all sites together."""
    contexts: int = 8
    """Sites whose scripts are remembered, each with a context of its own."""
    seconds: float = 30.0
    """Of a page's own work: waiting for what it asked for is not counted."""
    quiet_seconds: float = 0.5
    """A page is done when nothing has changed for so long."""
    settle_seconds: float = 10.0
    """Of own work, after which a page that is never quiet is taken as it is."""
    wait_seconds: float = 120.0
    """The same by the clock, with all waiting."""
    requests: int = 100
    """Of one page, between two times that its list grew."""
    more_clicks: int = 1000
    more_seconds: float = 600.0
    """Of one list, by the clock."""
    memory_mb: int = 1500
    """Of the browser with all its processes."""
    restarts: int = 3
    blocked: tuple[str, ...] = ()

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "BrowserOptions":
        """``BROWSER_…``. Raises ValueError."""
        named = settings["BROWSER_EXECUTABLE"]
        if named and not shutil.which(named):
            raise ValueError(f"BROWSER_EXECUTABLE: {named} is no program; without it Chromium is looked for")
        sandbox = settings["BROWSER_SANDBOX"]
        options = cls(
            executable=shutil.which(named) if named else found_executable(),
            sandbox=os.geteuid() != 0 if sandbox is None else settings.getbool("BROWSER_SANDBOX"),
            pages=whole_number(settings, "BROWSER_PAGES"),
            contexts=whole_number(settings, "BROWSER_CONTEXTS"),
            seconds=number(settings, "BROWSER_SECONDS"),
            quiet_seconds=number(settings, "BROWSER_QUIET_SECONDS"),
            settle_seconds=number(settings, "BROWSER_SETTLE_SECONDS"),
            wait_seconds=number(settings, "BROWSER_WAIT_SECONDS"),
            requests=whole_number(settings, "BROWSER_REQUESTS"),
            more_clicks=whole_number(settings, "BROWSER_MORE_CLICKS"),
            more_seconds=number(settings, "BROWSER_MORE_SECONDS"),
            memory_mb=whole_number(settings, "BROWSER_MEMORY_MB"),
            restarts=whole_number(settings, "BROWSER_RESTARTS"),
            blocked=tuple(settings.getlist("BROWSER_BLOCKED_HOSTS")),
        )
        if options.pages < 1 or options.contexts < 1 or min(options.seconds, options.wait_seconds) <= 0:
            raise ValueError(
                "BROWSER_PAGES, BROWSER_CONTEXTS, BROWSER_SECONDS and BROWSER_WAIT_SECONDS must be above 0"
            )
        return options

    def launch(self, mark: str) -> dict[str, object]:
        """Arguments of Playwright's ``launch()``; ``mark`` tells the processes of this one from others'."""
        heap = f"--js-flags=--max-old-space-size={max(64, self.memory_mb // 3)}"
        return {
            "executable_path": self.executable,
            "chromium_sandbox": self.sandbox,
            "args": [*_NO_NETWORK, *_FRUGAL, heap, mark],
            "handle_sigint": False,  # Ctrl-C is the crawl's to answer: what is under way is finished
            "handle_sigterm": False,
            "handle_sighup": False,
            "timeout": self.seconds * 1000,
        }


def new_mark() -> str:
    """A switch that Chromium does not know, by which its process is found."""
    return f"--presswalk-{uuid4().hex}"


def found_executable() -> str | None:
    """Playwright's Chromium, else the system's; None where there is none."""
    return next(map(str, _of_playwright()), None) or next(filter(None, map(shutil.which, _NAMES)), None)


def _of_playwright() -> list[Path]:
    """The newest first."""
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(told) if told and told != "0" else Path.home() / ".cache/ms-playwright"
    found = (path for pattern in _OF_PLAYWRIGHT for path in sorted(folder.glob(pattern), reverse=True))
    return [path for path in found if os.access(path, os.X_OK)]

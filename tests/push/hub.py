"""A small WebSub hub, after the W3C Recommendation; and as WordPress.com's is, where that differs."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Literal
from urllib.parse import urlencode

from crawler.push.signature import sign
from tests.push.serving_forms import Answer, request, serve_forms

Style = Literal["w3c", "wordpress.com", "denying"]


class Hub:
    """Takes subscriptions, verifies them and delivers."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self.url = ""
        self.subscribers: dict[str, dict[str, str]] = {}
        """The forms of verified subscriptions, by callback."""
        self.verifications: list[tuple[int, bytes]] = []
        self._threads: list[Thread] = []

    def take(self, form: dict[str, str]) -> Answer:
        """A subscription request (5.1): verified later, or within the request by PubSubHubbub 0.3."""
        if form.get("hub.mode") not in ("subscribe", "unsubscribe") or not form.get("hub.callback"):
            return 400, "hub.mode and hub.callback, please"
        if self._style == "wordpress.com":
            if form.get("hub.verify") != "sync":
                return 400, "hub.verify, please"
            return (204, "") if self.verify(form) else (409, "not verified")
        thread = Thread(target=self.deny if self._style == "denying" else self.verify, args=(form,))
        self._threads.append(thread)
        thread.start()
        return 202, ""

    def verify(self, form: dict[str, str], lease: int = 3600, challenge: str = "c+h/a&l=") -> bool:
        """Verification of intent (5.3)."""
        asked = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": challenge}
        if form["hub.mode"] == "subscribe":
            asked["hub.lease_seconds"] = str(lease)
        self.verifications.append(self._get(form["hub.callback"], asked))
        if self.verifications[-1] != (200, challenge.encode()):
            return False
        if form["hub.mode"] == "subscribe":
            self.subscribers[form["hub.callback"]] = form
        else:
            del self.subscribers[form["hub.callback"]]
        return True

    def deny(self, form: dict[str, str]) -> None:
        """A denial (5.2)."""
        told = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": "not for you"}
        self.verifications.append(self._get(form["hub.callback"], told))

    def settle(self) -> None:
        """Wait until everything is verified."""
        for thread in self._threads:
            thread.join()

    def publish(self, body: bytes, *, secret: str | None = None, method: str | None = None) -> list[int]:
        """Deliver to every subscriber, signed (7); the statuses of their answers.

        One that answers 410 is dropped; by WordPress.com's hub, one that answers anything but 2xx.
        """
        statuses = []
        for callback, form in list(self.subscribers.items()):
            how = method or ("sha1" if self._style == "wordpress.com" else "sha256")
            links = f'<{self.url}>; rel="hub", <{form["hub.topic"]}>; rel="self"'
            signed = sign(body, secret or form["hub.secret"], how)
            headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": signed, "Link": links}
            status, _ = request("POST", callback, body, headers)
            statuses.append(status)
            if status == 410 or (self._style == "wordpress.com" and not 200 <= status < 300):
                del self.subscribers[callback]
        return statuses

    def _get(self, callback: str, told: dict[str, str]) -> tuple[int, bytes]:
        return request("GET", f"{callback}?{urlencode(told)}")


@contextmanager
def serve_hub(style: Style = "w3c") -> Iterator[Hub]:
    """A hub on 127.0.0.1."""
    hub = Hub(style)
    with serve_forms(hub.take) as hub.url:
        yield hub
        hub.settle()

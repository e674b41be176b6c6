"""A small rssCloud server, after the RSS Advisory Board's interface and WordPress's plugin."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.push.serving_forms import Answer, request, serve_forms

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class CloudServer:
    """Takes registrations after a test of the callback, and notifies."""

    def __init__(self, feed_url: str) -> None:
        self.url = ""
        self.feed_url = feed_url
        self.registered: list[str] = []

    def take(self, form: dict[str, str]) -> Answer:
        """A registration. With ``domain`` the callback has to send a challenge back, else it is notified to try it."""
        if form.get("url1") != self.feed_url or form.get("protocol") != "http-post":
            return _result(False, "Only http-post, and only our feed.")
        callback = f"http://{form.get('domain') or '127.0.0.1'}:{form['port']}{form['path']}"
        if not (self._challenge(callback) if form.get("domain") else self._notify(callback, self.feed_url) // 100 == 2):
            return _result(False, "The callback did not answer as it should.")
        self.registered.append(callback)
        return _result(True, "Registration successful.")

    def _challenge(self, callback: str) -> bool:
        asked = urlencode({"url": self.feed_url, "challenge": "ch<all>enge&"})
        return request("GET", f"{callback}?{asked}") == (200, b"ch<all>enge&")

    def notify(self, feed_url: str | None = None) -> list[int]:
        """Tell everybody that a feed changed; the statuses of their answers."""
        return [self._notify(callback, feed_url or self.feed_url) for callback in self.registered]

    def _notify(self, callback: str, feed_url: str) -> int:
        return request("POST", callback, urlencode({"url": feed_url}).encode(), _FORM)[0]


def _result(success: bool, message: str) -> Answer:
    return 200, f"<?xml version='1.0'?>\n<notifyResult success='{str(success).lower()}' msg='{message}' />\n"


@contextmanager
def serve_cloud(feed_url: str) -> Iterator[CloudServer]:
    """A server on 127.0.0.1."""
    cloud = CloudServer(feed_url)
    with serve_forms(cloud.take) as cloud.url:
        yield cloud

"""The addresses that WordPress answers without a theme: robots.txt, log-in, REST, uploads."""

import base64
import json

from demo.site import DemoSite
from demo.views import Plain, Redirect, View

_ROBOTS = "User-agent: *\nDisallow: {0}/wp-admin/\nAllow: {0}/wp-admin/admin-ajax.php\n"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_REST_SHUT = {
    "code": "rest_not_logged_in",
    "message": "You are not currently logged in.",
    "data": {"status": 401},
}
_LOG_IN = (
    '<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>Log In</title>'
    "<meta name='robots' content='noindex, nofollow'></head><body class=\"login login-action-login wp-core-ui\">"
    '<form name="loginform" id="loginform" method="post"><label for="user_login">Username</label>'
    '<input type="text" name="log" id="user_login"></form></body></html>'
)


def special(site: DemoSite, path: str, sent: dict[str, str]) -> View | None:
    """The answer of an address that is no page of the theme; None for all others."""
    if path == "/robots.txt":
        return _text(200, "text/plain; charset=utf-8", _ROBOTS.format(site.home_path))
    if not f"{path}/".startswith(f"{site.home_path}/"):
        return _text(404, "text/html", "<h1>Not Found</h1>")
    below = path.removeprefix(site.home_path)
    if "rest_route" in sent or below.split("/")[1:2] == ["wp-json"]:
        return _text(401, "application/json; charset=UTF-8", json.dumps(_REST_SHUT))
    return _file(site, below)


def _file(site: DemoSite, below: str) -> View | None:
    if below == "/wp-login.php":
        return _text(200, "text/html; charset=UTF-8", _LOG_IN)
    if below.startswith("/wp-admin"):
        return Redirect(f"{site.home_path}/wp-login.php?redirect_to=%2Fwp-admin%2F", 302)
    if below == "/xmlrpc.php":
        return _text(405, "text/plain;charset=UTF-8", "XML-RPC server accepts POST requests only.")
    if below.startswith("/wp-content/uploads/") and below.endswith(".png"):
        return Plain(200, "image/png", _PIXEL)
    if below.startswith(("/wp-content/", "/wp-includes/")):
        return _text(200, "text/css" if below.endswith(".css") else "text/javascript", "/* nothing */")
    return None


def _text(status: int, content_type: str, body: str) -> Plain:
    return Plain(status, content_type, body.encode())

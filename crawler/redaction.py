"""Secrets have no place in logs, events and reports: what is said there is said without them. Pure functions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.remember import remembered

HIDDEN = "***"

_USERINFO = re.compile(r"(?<=://)[^\s/?#\"'<>]+@")
"""Up to the last ``@`` before the path: an unescaped one belongs to the password (RFC 3986, 3.2.1)."""

_BARE_USERINFO = re.compile(r"(?<!\S)(?!mailto:)[^\s/?#\"'<>:]+:[^\s/?#\"'<>]+@(?=[\w\[])")
"""The same of an address without its scheme, as errors of libraries name hosts."""

_PARAMETER = re.compile(r"(?:[?&;#]|%3[Ff]|%26|%23)((?:[\w.~-]|%2[DdEe]|%5[Ff]){1,64})(?:=|%3[Dd])")
"""The name of a parameter of a query or a fragment, or of one of an address that is itself the value of a parameter."""

_VALUE = re.compile(r"(?:(?!%26|%23)[^\s&#\"'<>])+")

_SECRET_NAME = re.compile(
    r".*(?:token|signature|secret|passw(?:or)?d|passphrase|credentials?|api_?key|authkey|authorization)"
    r"|(?:.*_)?(?:sig|auth|key|pass|pwd|jwt|hmac|(?:wp)?nonce|policy|key_pair_id|access_?key(?:_?id)?|sid|sess|session(?:_?id)?)"
    r"|phpsessid|jsessionid|hdne[at]|hdnt[ls]",
    re.IGNORECASE,
)
"""Of Amazon's, Google's, Azure's, CloudFront's and Akamai's signed URLs, of sessions, and of the APIs of the world."""

_SECRET_SETTING = re.compile(r".*_(?:SECRETS?|PASS|PASSWORD|TOKENS?|KEY|KEYS)")

_NAMES = 1024
"""The parameters of a site are few: each name is looked at once."""

_SHORTEST = 6
"""Of a secret that is looked for in a text: a shorter one is a part of words."""


def redact(text: str) -> str:
    """A text without the credentials in its URLs: neither user and password nor signatures, tokens and keys.

    What a URL leads to stays readable: ``https://***@host/a.jpg?w=8&X-Amz-Signature=***``.
    """
    if "@" in text:
        text = _BARE_USERINFO.sub(f"{HIDDEN}@", _USERINFO.sub(f"{HIDDEN}@", text))
    return "".join(_without_values(text)) if "=" in text or "%3" in text else text


def redacted(value: Any) -> Any:
    """A structure of lists and mappings with each string in it redacted."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {key: redacted(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(part) for part in value]
    return value


@remembered(_NAMES)
def is_secret_name(name: str) -> bool:
    """Whether a parameter of this name is one that lets its bearer in."""
    return bool(_SECRET_NAME.fullmatch(re.sub(r"[-.~]", "_", unquote(name))))


def secret_values(settings: Mapping[str, Any]) -> list[str]:
    """What settings keep secret (``…_SECRET``, ``…_PASSWORD`` and the like), and the password of ``MONGODB_URI``."""
    values = [value for name, setting in settings.items() for value in _values(str(name), setting)]
    return sorted({value for value in values if len(value) >= _SHORTEST}, key=len, reverse=True)


def _values(name: str, setting: Any) -> Iterator[str]:
    if name == "MONGODB_URI" and isinstance(setting, str):
        yield from _password(setting)
    elif _SECRET_SETTING.fullmatch(name) and isinstance(setting, str | list | tuple):
        listed = setting.split(",") if isinstance(setting, str) else map(str, setting)
        yield from (value.strip() for value in listed)
        if isinstance(setting, str):
            yield setting


def _password(uri: str) -> Iterator[str]:
    try:
        password = urlsplit(uri).password or ""
    except ValueError:
        return
    yield from (password, unquote(password))


def _without_values(text: str) -> Iterator[str]:
    told = 0
    for found in _PARAMETER.finditer(text):
        if found.end() > told and is_secret_name(found[1]) and (value := _VALUE.match(text, found.end())):
            yield from (text[told : found.end()], HIDDEN)
            told = value.end()
    yield text[told:]

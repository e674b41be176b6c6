"""Where crawls start, as people write it: one address, or a list with one on each line."""

from collections.abc import Iterator
from pathlib import Path

from crawler.urls import canonical_url, is_web_url, site_host, site_id

_NO_LOGIN = (
    "addresses are kept and shown. Write it without, and give what HTTP authentication needs with Scrapy's settings "
    "HTTPAUTH_USER, HTTPAUTH_PASS and HTTPAUTH_DOMAIN"
)

_SHOWN = 20
"""Wrong lines that are named; who has more of them has given the wrong file."""


class AnyScheme(str):
    """The URL of a start that was written without a scheme: ``https`` stands there until something else is known."""

    __slots__ = ()


def start_url(text: str) -> str:
    """The URL that is meant; AnyScheme, with ``https``, if no scheme is given. Raises ValueError, in words, if it is
    none.

    No message repeats what may be a password.
    """
    text = text.strip()
    url = text if "://" in text else f"https://{text}"
    address = url.partition("://")[2].partition("/")[0].rpartition("@")
    if address[1]:
        raise ValueError(f"the address of {address[2]} has a user name or password in it: {_NO_LOGIN}")
    if not is_web_url(url) or any(space in text for space in " \t\n"):
        shown = text.rpartition("@")[2]
        raise ValueError(f"{shown!r} is not a web address; write it like https://news.example")
    return canonical_url(url) if url is text else AnyScheme(canonical_url(url))


def as_written(url: str) -> str:
    """A start URL as text of which ``start_url`` makes the same again."""
    return url.partition("://")[2] if isinstance(url, AnyScheme) else url


def by_schemes(url: str, home: str | None = None) -> tuple[str, str | None]:
    """Where to begin, and where if nobody answers there: at ``http`` for what was written without a scheme.

    ``home`` is what is known of the site. One at ``http`` on the same host turns the two round. One at ``https`` is a
    veto, which whoever breaks TLS is not to undo, in whatever folder it is; if it is on another host it is tried there.
    """
    if not isinstance(url, AnyScheme):
        return url, None
    secure, plain = f"https://{as_written(url)}", f"http://{as_written(url)}"
    is_here = home is not None and site_host(site_id(home)) == site_host(site_id(url))
    if home and home.startswith("https://"):
        return secure, None if is_here else home
    return (plain, secure) if is_here else (secure, plain)


def urls_of_file(path: Path) -> list[str]:
    """The URLs of a file. Raises ValueError, in words, if it cannot be read or a line is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot read the list of sites {str(path)!r}: {error}") from None
    return urls_of_list(data, str(path))


def urls_of_list(data: bytes, name: str) -> list[str]:
    """One URL a line, each once; what follows a ``#`` is a comment. Raises ValueError, naming the wrong lines."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{name}, line {number} is not UTF-8: save the list as UTF-8") from None
    urls, wrong = dict[str, None](), list[str]()
    for number, text in _entries(lines):
        try:
            urls[start_url(text)] = None
        except ValueError as error:
            wrong.append(f"{name}, line {number}: {error}")
    if wrong:
        more = [f"… and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        raise ValueError("\n".join(wrong[:_SHOWN] + more))
    return list(urls)


def _entries(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        if text := line.partition("#")[0].strip():
            yield number, text

"""Of which site an archived answer is: by its URL and the names of the sites that are known. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from crawler.urls import is_on_site, site_host, site_id

_API = re.compile(r"^(https?://[^?#]*?)(?:/index\.php)?(?:/wp-json/|/?\?(?:[^#]*&)?rest_route=)", re.IGNORECASE)
_WPCOM = re.compile(r"^https?://public-api\.wordpress\.com/rest/v1\.1/sites/([^/]+)/posts", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class SiteNames:
    """The known sites, looked up by URL: the one in the deepest folder that a URL lies in."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._of_host: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            self._of_host.setdefault(site_host(name), []).append(name)

    def of(self, url: str) -> str | None:
        """The site that a URL lies on; None if it is not known."""
        candidates = self._of_host.get(site_host(site_id(url)), ())
        return next((name for name in candidates if is_on_site(url, name)), None)


def api_home(url: str) -> str | None:
    """The home of the site that an answer of a REST API is about; None where the URL does not tell it."""
    if named := _WPCOM.match(url):
        domain = unquote(named[1]).lower()
        is_domain = _DOMAIN.fullmatch(domain) and not domain.isdigit()
        return f"https://{domain}/" if is_domain else None
    found = _API.match(url)
    return f"{found[1]}/" if found and urlsplit(found[1]).hostname else None


def is_wpcom(url: str) -> bool:
    """Whether it is WordPress.com that answered."""
    return _WPCOM.match(url) is not None

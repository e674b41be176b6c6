"""Which of the posts that a feed or a sitemap names may be fetched, each once; the rest is counted by reason."""

from collections import Counter

from crawler.routes.links import is_home
from crawler.routes.rules import rejection
from crawler.urls import absolute_url, canonical_url, url_key


class Sieve:
    """Lets each post of one site through once.

    ``dropped`` counts the rest: ``scheme`` (no web URL), ``home``, ``repeated``, and the names of ``rules.rejection``.
    """

    def __init__(self, site: str, base: str) -> None:
        self.dropped: Counter[str] = Counter()
        self._site = site
        self._base = base
        self._seen: set[str] = set()

    def admit(self, href: str | None) -> str | None:
        """The canonical URL, or None; ``href`` may be relative to the file that names it."""
        url = absolute_url(self._base, href)
        reason = rejection(url, self._site) if url else "scheme"
        canonical = canonical_url(url) if url and not reason else None
        if canonical:
            reason = self._reason_to_drop(canonical)
        if reason:
            self.dropped[reason] += 1
            return None
        return canonical

    def _reason_to_drop(self, canonical: str) -> str | None:
        if is_home(canonical, self._site):
            return "home"
        key = url_key(canonical)
        if key in self._seen:
            return "repeated"
        self._seen.add(key)
        return None

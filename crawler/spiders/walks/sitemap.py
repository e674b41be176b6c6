"""The sitemaps: the address of every post, thousands a file, often with the time of its modification."""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from crawler.routes.ladder import Route, State, Walked
from crawler.routes.sitemap import Sitemap, SitemapFile, files_to_fetch, of_types, parse_sitemap
from crawler.routes.sitemapnames import post_type_of
from crawler.routes.xmlfile import UnreadableXml
from crawler.spiders.fetching import Answer
from crawler.spiders.output import Output
from crawler.spiders.visit import Visit
from crawler.urls import url_key


@dataclass(slots=True)
class SitemapWalk:
    """The sitemaps of one site in one crawl."""

    visit: Visit
    most_files: int | None = None
    """Where they only check what another route named: more would cost more than they tell."""
    only_new: bool = False
    """Whether stored posts of which the sitemap does not say when they were modified are left alone."""
    root: str | None = None
    """The first file that was there."""
    reason: str | None = None
    read: int = 0
    failed: int = 0
    named: int = 0
    """Posts, stored or not."""
    left_out: str | None = None
    """Why posts or files that were named are left out: ``too_many`` in one file, or ``too_deep`` below indexes."""
    had: set[str] = field(default_factory=set)
    """Keys of the files that were fetched, by the addresses they redirect to, too."""
    types: set[str | None] = field(default_factory=set)
    """Post types of which there were files."""

    async def walk(self, files: list[SitemapFile], since: datetime | None = None) -> AsyncIterator[Output]:
        """The posts of the sitemaps, without the files that say of themselves that nothing in them changed since."""
        types = self.visit.progress.types
        waiting = deque(of_types(files, types))
        while waiting and not self._is_enough(waiting):
            await self.visit.room()
            file = waiting.popleft()
            found = await self._fetched(file)
            if found is None:
                continue
            self.root = self.root or file.url
            waiting = deque(other for other in waiting if not (file.guessed and other.guessed))
            waiting.extend(files_to_fetch(of_types(found.files, types), since))
            self.types.add(post_type_of(file.url))
            self.named += len(found.candidates)
            wanted = await self.visit.wanted(Route.SITEMAP, found.candidates, undated=self.only_new)
            for output in self.visit.read(wanted):
                yield output
        is_empty = since is None and not waiting and not self.named
        self.visit.walked(self._how_it_went(left=len(waiting), is_empty=is_empty))

    def _is_enough(self, waiting: deque[SitemapFile]) -> bool:
        return self.most_files is not None and self.read + len(waiting) > self.most_files

    async def _fetched(self, file: SitemapFile) -> Sitemap | None:
        """What a file says; None if it cannot be read, or was read before: indexes name files of others, too."""
        if url_key(file.url) in self.had:
            return None
        answer = await self.visit.fetcher.fetch(file.url)
        is_known = url_key(answer.url) in self.had
        self.had |= {url_key(file.url), url_key(answer.url)}
        return None if is_known else self._parsed(file, answer)

    def _parsed(self, file: SitemapFile, answer: Answer) -> Sitemap | None:
        try:
            if answer.is_ok:
                found = parse_sitemap(answer.body, file, self.visit.site, answer.headers.get("content-type"))
                self.read += 1
                left_out = (name for name in ("too_many", "too_deep") if found.dropped[name])
                self.left_out = next(left_out, self.left_out)
                return found
            self.reason = answer.reason
        except UnreadableXml as error:
            self.reason = str(error)
        self.failed += file.depth > 0
        return None

    def _how_it_went(self, left: int, *, is_empty: bool) -> Walked:
        if not self.read:
            return Walked(Route.SITEMAP, State.ABSENT, self.reason)
        if left or self.failed or self.left_out:
            return Walked(Route.SITEMAP, State.PARTIAL, self.reason or self.left_out or "too_many_files")
        if is_empty:  # an index of files on another host, say
            return Walked(Route.SITEMAP, State.ABSENT, "empty")
        return Walked(Route.SITEMAP, State.COMPLETE)

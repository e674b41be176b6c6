"""A whole WordPress site, by its archives and by post navigation."""

from collections.abc import Iterator
from typing import Any

from crawler.items import Article
from crawler.reading import Page
from crawler.routes.candidates import Candidate, Role, elsewhere, listed, neighbours
from crawler.spiders.arguments import WordpressArguments
from crawler.spiders.base import SiteSpider
from crawler.spiders.progress import SiteProgress


class WordpressSpider(SiteSpider):
    """``scrapy crawl wordpress -a site=URL``."""

    name = "wordpress"
    arguments_model = WordpressArguments
    arguments: WordpressArguments

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites: list[SiteProgress] = []

    def home_of(self, url: str) -> str:
        """The user named the home."""
        return url

    def progress_of(self, site: str) -> SiteProgress:
        """With the period that was asked for."""
        told = self.arguments
        progress = SiteProgress(site=site, limit=told.limit, since=told.since, until=told.until)
        self.sites.append(progress)
        return progress

    def whole_sites(self) -> list[SiteProgress]:
        """All of them, unless a period or a limit was given."""
        return [progress for progress in self.sites if progress.is_whole]

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterator[Candidate]:
        """Everywhere on the site: listed posts and neighbours first, then archives, then whatever else it links."""
        if candidate.route == "start":
            yield Candidate(self.home(page), Role.ARCHIVE, "archive")
        if article is None:
            yield from listed(page, progress.site, candidate, progress.since)
        else:
            too_old = progress.is_too_old(article.published_at)
            yield from neighbours(article, "newer" if too_old else "both")
        yield from elsewhere(page, progress.site)

"""From any post, along previous and next to both ends."""

from collections.abc import Iterator

from crawler.items import Article
from crawler.reading import Kind, Page, page_kind
from crawler.routes.candidates import Candidate, neighbours
from crawler.spiders.arguments import NavigationArguments
from crawler.spiders.base import SiteSpider
from crawler.spiders.progress import SiteProgress


class NavigationSpider(SiteSpider):
    """``scrapy crawl navigation -a url=POST``."""

    name = "navigation"
    arguments_model = NavigationArguments
    arguments: NavigationArguments

    def unfit(self, page: Page) -> str | None:
        """Only posts have neighbours."""
        kind = page_kind(page)
        if kind in (Kind.POST, Kind.CHALLENGE):
            return None
        return f"no post ({kind}), and has no neighbours; for an archive: scrapy crawl category -a url=…"

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterator[Candidate]:
        """The neighbours, in the direction that was asked for."""
        if article is not None:
            yield from neighbours(article, self.arguments.direction)

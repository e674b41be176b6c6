"""One archive: a category's, tag's, author's or date's, all its pages."""

from collections.abc import Iterator

from crawler.items import Article
from crawler.reading import Kind, Page, page_kind
from crawler.routes.candidates import Candidate, Role, listed
from crawler.spiders.arguments import CategoryArguments
from crawler.spiders.base import SiteSpider
from crawler.spiders.progress import SiteProgress


class CategorySpider(SiteSpider):
    """``scrapy crawl category -a url=ARCHIVE``."""

    name = "category"
    arguments_model = CategoryArguments
    arguments: CategoryArguments

    def unfit(self, page: Page) -> str | None:
        """A post lists none."""
        if page_kind(page) is not Kind.POST:
            return None
        return "a post, not a category or other archive; to go on from a post: scrapy crawl navigation -a url=…"

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterator[Candidate]:
        """The posts that the archive lists, and its next page."""
        if article is None and candidate.role is not Role.POST:
            yield from listed(page, progress.site, candidate)

"""Categories and tags of articles from feeds, which name both in one list: other readings tell which is which."""

from dataclasses import dataclass, field, replace

from crawler.items import Article
from crawler.reading import NotAPost, UnreadablePage, other_pages, parse_page, read_pages
from crawler.routes.candidates import Candidate
from crawler.routes.feed import tell_apart
from crawler.spiders.visit import Visit


@dataclass(slots=True)
class Labels:
    """What the names of one site's terms are known to be.

    Pages are read only for names that are not known yet: about as many as there are of these, not one for each post.
    """

    visit: Visit
    categories: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    unshown: set[str] = field(default_factory=set)
    """Names that the page of a post with this label does not show: other pages are not read for them again."""
    is_informed: bool = False
    """Whether the stored articles were asked."""

    async def settle(self, candidate: Candidate) -> Candidate:
        """The candidate with the terms of its article; without the article where its page has to be read in full."""
        article = candidate.article
        if article is None or not candidate.labels or not self.visit.progress.is_wanted(candidate.published_at):
            return candidate
        if not self.is_informed:
            self.is_informed = True
            self.learn(*await self.visit.known_terms())
        found = self._tell_apart(candidate)
        if found is None:
            read = await self._page_of(candidate)
            if read is None:
                return replace(candidate, article=None)
            self.learn(read.categories, read.tags)
            self.unshown |= set(candidate.labels) - self.categories - self.tags
            found = read.categories, read.tags
        article.categories, article.tags = found
        return candidate

    def learn(self, categories: list[str], tags: list[str]) -> None:
        """Take the names that an article, or several, were found to have."""
        self.categories.update(categories)
        self.tags.update(tags)

    def _tell_apart(self, candidate: Candidate) -> tuple[list[str], list[str]] | None:
        known = self.categories | self.tags
        return tell_apart(
            [name for name in candidate.labels if name in known or name not in self.unshown],
            self.categories,
            self.tags,
        )

    async def _page_of(self, candidate: Candidate) -> Article | None:
        """The article on the post's page; None if it cannot be read here, or has pages that the feed does not hold."""
        answer = await self.visit.fetcher.fetch(candidate.url)
        if not answer.is_ok:
            return None
        try:
            page = parse_page(answer.body, answer.url, answer.headers)
            return None if other_pages(page) else read_pages([page])
        except (UnreadablePage, NotAPost):
            return None

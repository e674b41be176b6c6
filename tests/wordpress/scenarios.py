"""Which themes and permalink structures are crawled, and what each theme prints of a post: data."""

from dataclasses import dataclass

BY_PAGES = "archive,navigation"
"""The routes that read articles from the pages that the theme makes."""

ALWAYS = frozenset({"title", "published_at", "authors", "page_count"})
TERMS = frozenset({"categories", "tags"})
NEIGHBOURS = frozenset({"previous_url", "next_url"})


@dataclass(frozen=True)
class Theme:
    """A theme, or a route that needs none: ``shows`` names the fields its post pages print.

    ``pager`` says whether it links all pages, ``breaks`` whether it links those that a block divides.

    Block themes of WordPress 6.1 link the pages of a post only where a "page break" block divides them
    (``render_block_core_post_content``); of others they show the first page, and nothing tells of more.
    """

    name: str
    shows: frozenset[str]
    pager: bool
    breaks: bool = True


TWENTY_ONE = Theme("twentytwentyone", ALWAYS | TERMS | NEIGHBOURS | {"comment_count"}, pager=True)
TWENTY_TWO = Theme("twentytwentytwo", ALWAYS | TERMS | {"comment_count"}, pager=False)
TWENTY_THREE = Theme("twentytwentythree", ALWAYS | TERMS | {"comment_count"}, pager=False)
PRESSROOM = Theme("pressroom", ALWAYS | TERMS | NEIGHBOURS | {"comment_count", "modified_at"}, pager=True)
BROADSHEET = Theme("broadsheet", ALWAYS | TERMS | NEIGHBOURS | {"comment_count"}, pager=False)
BY_REST = Theme("", ALWAYS | TERMS | {"modified_at"}, pager=True)
"""What the REST API tells of a post, whatever the theme: no neighbours and no number of comments."""
BY_FEED = Theme("", ALWAYS - {"page_count"}, pager=False, breaks=False)
"""What a feed of whole articles tells: the first page of each; categories and tags in one list, not which are which."""
NO_ARCHIVES = Theme("pressroom", PRESSROOM.shows - TERMS, pager=True)


@dataclass(frozen=True)
class Scenario:
    """A site to crawl. ``front``: "posts", or "page" for a static home; ``option``: see ``pressroom``."""

    name: str
    theme: Theme
    structure: str
    front: str = "posts"
    option: str = ""

    @property
    def has_archives(self) -> bool:
        """Whether posts can be found by archives; else by the post navigation alone."""
        return self.option != "latest"


SCENARIOS = (
    Scenario("dated", TWENTY_ONE, "/%year%/%monthnum%/%day%/%postname%/"),
    Scenario("below-categories", TWENTY_TWO, "/%category%/%postname%/"),
    Scenario("static-home", TWENTY_THREE, "/%postname%/", front="page"),
    Scenario("numbered", PRESSROOM, "/archives/%post_id%"),
    Scenario("html", BROADSHEET, "/%postname%.html"),
    Scenario("index-php", TWENTY_ONE, "/index.php/%postname%/"),
    Scenario("plain", PRESSROOM, ""),
    Scenario("no-archives", NO_ARCHIVES, "/%postname%/", option="latest"),
)

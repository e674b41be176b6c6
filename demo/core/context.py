"""The page being made: which site, at which address, showing what."""

from dataclasses import dataclass
from html import escape

from demo import paths
from demo.model import Post
from demo.site import DemoSite
from demo.views import Archive, NotFound, Single

_TYPOGRAPHY = str.maketrans(
    {
        "’": "&#8217;",
        "‘": "&#8216;",
        "“": "&#8220;",
        "”": "&#8221;",
        "–": "&#8211;",
        "—": "&#8212;",
        "…": "&#8230;",
    }
)


@dataclass(frozen=True, slots=True)
class Context:
    """``origin`` is scheme and host of the served site, such as ``http://127.0.0.1:8000``."""

    site: DemoSite
    origin: str
    view: Single | Archive | NotFound

    def url(self, path: str) -> str:
        return self.origin + path

    @property
    def home(self) -> str:
        return self.url(paths.home_path(self.site))

    def permalink(self, post: Post, page: int = 1) -> str:
        return self.url(paths.post_path(self.site, post, page))

    def category(self, slug: str) -> str:
        return self.url(paths.category_path(self.site, self.site.categories[slug]))

    def tag(self, slug: str) -> str:
        return self.url(paths.tag_path(self.site, self.site.tags[slug]))

    def author(self, post: Post) -> str:
        return self.url(paths.author_path(self.site, self.site.users[post.author]))

    def author_name(self, post: Post) -> str:
        return text(self.site.users[post.author].name)

    def month(self, post: Post) -> str:
        return self.url(paths.month_path(self.site, post.date))

    def upload(self, name: str) -> str:
        return self.url(f"{self.site.home_path}/wp-content/uploads/2024/03/{name}")

    def rest(self, route: str = "") -> str:
        base = f"{paths.root(self.site)}/wp-json/" if self.site.permalinks else f"{self.site.home_path}/?rest_route=/"
        return self.url(base + route)


def text(value: str) -> str:
    """Text as HTML, with WordPress's numeric entities for typography."""
    return escape(value, quote=False).replace("&amp;", "&#038;").translate(_TYPOGRAPHY)


def attribute(value: str) -> str:
    """Text or a URL for a double-quoted attribute."""
    return escape(value).replace("&amp;", "&#038;")

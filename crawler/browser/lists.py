"""Which pages are made longer: lists of posts. Pure."""

from crawler.reading import Kind, UnreadablePage, page_kind, parse_page
from crawler.routes.archive import read_listing


def lists_posts(html: str, url: str, site: str) -> bool:
    """Whether the HTML of a page lists posts, and is none itself."""
    try:
        page = parse_page(html, url)
    except UnreadablePage:
        return False
    return page_kind(page) is not Kind.POST and bool(read_listing(page, site).posts)

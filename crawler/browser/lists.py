"""Which pages are made longer: lists of posts. Pure."""

from crawler.reading import Kind, UnreadablePage, parse_page
from crawler.reading.rules import SiteRules, kind_by
from crawler.routes.archive import read_listing


def lists_posts(html: str, url: str, site: str, rules: SiteRules) -> bool:
    """Whether the HTML of a page lists posts, and is none itself, by the rules of its site neither."""
    try:
        page = parse_page(html, url)
    except UnreadablePage:
        return False
    return kind_by(page, rules) is not Kind.POST and bool(read_listing(page, site).posts)

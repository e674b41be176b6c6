"""Reading: the bytes of a WordPress page become an Article. Pure functions; no network, no Scrapy.

``read_post(body, url, headers)`` reads one page; ``parse_page`` and the functions on a ``Page`` serve who wants less.
"""

from crawler.reading.article import DifferentPosts, Explained, NotAPost, read_pages, read_post
from crawler.reading.kind import Kind, page_kind
from crawler.reading.page import Page, UnreadablePage, parse_page
from crawler.reading.pages import other_pages, page_number
from crawler.reading.samepost import is_page_of
from crawler.reading.wordpress import home_url, wordpress_signs

__all__ = [
    "DifferentPosts",
    "Explained",
    "Kind",
    "NotAPost",
    "Page",
    "UnreadablePage",
    "home_url",
    "is_page_of",
    "other_pages",
    "page_kind",
    "page_number",
    "parse_page",
    "read_pages",
    "read_post",
    "wordpress_signs",
]

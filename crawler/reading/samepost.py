"""Whether two pages are of one post (``<!--nextpage-->``)."""

from crawler.reading.canonical import article_url
from crawler.reading.page import Page
from crawler.reading.pages import without_page_number
from crawler.reading.urlparts import same_url
from crawler.reading.wordpress import wp_id


def is_page_of(first: Page, other: Page) -> bool:
    """Whether the other page is one of the first one's post: by WordPress's ids, else by their addresses."""
    one, two = wp_id(first), wp_id(other)
    if one and two:
        return one.value == two.value
    return any(same_url(base, url) for base in _addresses(first) for url in _addresses(other))


def _addresses(page: Page) -> set[str]:
    urls = {page.url, article_url(page).value}
    return urls | {without_page_number(url) for url in urls}

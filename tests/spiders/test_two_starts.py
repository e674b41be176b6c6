"""Two addresses of one site in one run."""

from tests.hostile.server import Page
from tests.spiders.rest_site import serve
from tests.spiders.running import Scrapy
from tests.spiders.site_list import a_site


def test_a_site_that_two_addresses_lead_to_is_crawled_and_not_out_of_reach(scrapy: Scrapy) -> None:
    with serve(a_site(1, 2)) as site:
        site.pages["/old/"] = Page(status=301, headers={"Location": site.origin})
        outcome = scrapy.crawl("wordpress", site=f"{site.origin},{site.origin}old/")
    assert outcome.status == 0, outcome.err
    assert {article["wp_id"] for article in scrapy.find()} == {1, 2}
    assert len({article["_id"] for article in scrapy.find()}) == 2

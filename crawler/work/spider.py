"""The crawl of one site of the queue: ``wordpress``, with what the site was asked for before."""

from pydantic import Field, InstanceOf

from crawler.spiders.arguments import WordpressArguments
from crawler.spiders.wordpress import WordpressSpider
from crawler.storage.sites import Sites
from crawler.urls import site_id


class QueuedArguments(WordpressArguments):
    """One site, as it was queued: it is no list to be taken apart."""

    site: list[InstanceOf[str]] = Field([], description="URL  the home page of the site")

    @property
    def start_urls(self) -> list[str]:
        """None of those to which this machine's own pace applies: what is queued is asked as any other site."""
        return []


class QueuedSpider(WordpressSpider):
    """Used by workers alone; not in SPIDER_MODULES."""

    arguments_model = QueuedArguments
    arguments: QueuedArguments

    async def _start_urls(self, sites: Sites) -> list[str]:
        [url] = self.arguments.site
        if (record := await sites.find(site_id(url))) and record.types:
            self.types_of[record.id] = record.types
        return self.arguments.site

"""The crawler of one site inside a worker: what the worker's crawlers share, its components find here."""

from dataclasses import dataclass
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawler.storage.indexes import Client
from crawler.work.job import Job


@dataclass(slots=True)
class Shared:
    """Of all crawlers of a process."""

    client: Client
    """One pool of connections."""
    owner: str
    """The name of the worker."""


class SiteCrawler(Crawler):
    """Scrapy's, for a site that was given to a worker."""

    def __init__(self, spidercls: type[Spider], settings: dict[str, Any] | Settings, shared: Shared, job: Job) -> None:
        super().__init__(spidercls, settings)
        self.shared = shared
        self.site = job.site
        """Its id, in the database and in the queue."""
        self.url = job.url

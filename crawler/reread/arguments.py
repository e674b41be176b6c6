"""What ``scrapy reread`` is told."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from crawler.archive.captures import is_api
from crawler.spiders.arguments import Arguments
from crawler.urls import is_on_site, url_key


class RereadArguments(Arguments):
    """Which answers are read again, and of which posts the articles are kept."""

    warc: list[Path]
    """Files and folders, as they were named."""
    site: list[str] = Field(default_factory=list)
    """See ``urls.site_id``; none: all."""
    url: list[str] = Field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    dry_run: bool = False
    browser: bool | None = False
    """What a browser made of pages is in the archive, or it is not."""

    @model_validator(mode="after")
    def _period_is_one(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("--since is later than --until: nothing can lie between")
        return self

    @property
    def start_urls(self) -> list[str]:
        """There are none: nothing is fetched."""
        return []

    def wants_answer(self, url: str) -> bool:
        """Whether an answer may tell of a post that is asked for; WordPress.com tells of those of many sites."""
        return not self.site or any(is_on_site(url, site) for site in self.site) or is_api(url)

    def wants_post(self, site: str, urls: Sequence[str]) -> bool:
        """Whether a post is asked for, by its site and its addresses."""
        if self.site and site not in self.site:
            return False
        wanted = {url_key(url) for url in self.url}
        return not wanted or any(url_key(url) in wanted for url in urls)

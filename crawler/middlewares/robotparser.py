"""Protego, with groups of robots.txt told apart by the whole name."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser, decode_robotstxt

from crawler.polite.robots import ANYBODY, names_in


class RobotsTxtParser(ProtegoRobotParser):
    """Scrapy's parser; but ``User-agent: press`` is not for Presswalk, as it is to Protego 0.7 (RFC 9309, 2.2.1)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Scrapy's constructor."""
        parser = super().from_crawler(crawler, robotstxt_body)
        parser.names = names_in(decode_robotstxt(robotstxt_body, None))
        return parser

    names: frozenset[str] = frozenset()
    """Those that have a group of their own."""

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Whether an agent may fetch a URL."""
        return super().allowed(url, self._name(user_agent))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """The Crawl-delay for an agent in seconds, if there is one."""
        return super().crawl_delay(self._name(user_agent))

    def _name(self, user_agent: str | bytes) -> str:
        told = user_agent.decode("latin-1") if isinstance(user_agent, bytes) else user_agent
        name = told.partition("/")[0].strip().lower()
        return name if name in self.names else ANYBODY

"""DNS as a table: what names lead to without asking anybody."""

import json
from typing import TYPE_CHECKING, Self

from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError

from crawler.guard.resolver import GuardedResolver

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase


class TableResolver(GuardedResolver):
    """Answers from ``RESOLVER_TABLE``: name -> addresses, the next one each time, the last for ever. No other names."""

    table: dict[str, list[str]]

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: "ReactorBase") -> Self:
        """Scrapy's constructor."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.table = json.loads(crawler.settings["RESOLVER_TABLE"])
        return resolver

    def look_up(self, name: str) -> Deferred[str]:
        """The next answer; an address is its own."""
        if name.replace(".", "").isdigit():
            return succeed(name)
        answers = self.table.get(name)
        if not answers:
            return fail(DNSLookupError(f"no such name: {name}"))
        return succeed(answers.pop(0) if len(answers) > 1 else answers[0])


def resolving(**table: list[str]) -> list[str]:
    """Options of ``scrapy crawl``; names are written with ``__`` for dots."""
    names = {name.replace("__", "."): answers for name, answers in table.items()}
    return ["-s", f"TWISTED_DNS_RESOLVER={__name__}.TableResolver", "-s", f"RESOLVER_TABLE={json.dumps(names)}"]

"""Nothing that is logged shows a secret, whoever logs it: Scrapy, a library, or ourselves."""

import logging
from collections.abc import Iterable

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.redaction import HIDDEN, redact, secret_values


class Redaction(logging.Filter):
    """For handlers: a record's message and traceback without credentials in URLs, and without these values."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = list(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; what it says is redacted."""
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - the handler reports it, as it does without a filter
            return True
        clean = self._clean(message)
        if clean != message:
            record.msg, record.args = clean, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._clean(record.exc_text)
        return True

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return redact(text)


class Secrets:
    """Extension: puts the filter before the handlers of the log. To be the first: the others may log.

    Scrapy makes its handler anew between making the extensions and opening the spider: it is put there twice.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._redaction = Redaction(secret_values(crawler.settings))
        self.spider_opened()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Secrets":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Every handler that there is has the filter of this crawl."""
        for handler in logging.root.handlers:
            for former in [one for one in handler.filters if isinstance(one, Redaction)]:
                handler.removeFilter(former)
            handler.addFilter(self._redaction)

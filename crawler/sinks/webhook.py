"""One POST to a webhook. The operator has set its URL, so it may be a private one; redirects are not followed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from crawler.sinks.message import headers_of
from crawler.sinks.options import SinkOptions
from crawler.sinks.retry import Answer


@asynccontextmanager
async def http_session(options: SinkOptions, user_agent: str) -> AsyncIterator[ClientSession]:
    """What webhooks are posted with: no cookies, no proxies from the environment, a deadline for everything."""
    async with ClientSession(
        timeout=ClientTimeout(total=options.timeout),
        headers={"User-Agent": user_agent},
        cookie_jar=DummyCookieJar(),
    ) as session:
        yield session


class Webhook:
    """A URL that takes messages."""

    def __init__(self, session: ClientSession, url: str, secret: str) -> None:
        self._session = session
        self._url = url
        self._secret = secret

    async def post(self, body: bytes) -> Answer:
        """Send a message. Raises nothing: what went wrong is the answer."""
        headers = headers_of(body, self._secret, datetime.now(UTC))
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as response:
                return Answer(status=response.status, retry_after=response.headers.get("Retry-After"))
        except TimeoutError:
            return Answer(error="timeout")
        except (ClientError, OSError, ValueError) as error:  # its words may name the URL, and so a secret
            return Answer(error=type(error).__name__)

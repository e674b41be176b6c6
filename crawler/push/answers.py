"""Who answers what: the protocols, the followed sites and the intake brought together, one function for each route."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from crawler.push import hooks, rsscloud, websub, xmlrpc
from crawler.push.admission import Head, Name, Route
from crawler.push.following import Following
from crawler.push.intake import Intake
from crawler.push.limits import Recent
from crawler.push.messages import Answer, By, form_fields, refusal
from crawler.push.subscription import Subscription

_REMEMBERED = 20_000
"""Signatures of deliveries, against replays: a few megabytes."""


class Answers:
    """Answers requests that were admitted and whose body is there."""

    def __init__(self, following: Following, intake: Intake, webhook_secrets: Sequence[str]) -> None:
        self._following = following
        self._intake = intake
        self._webhook_secrets = webhook_secrets
        self._delivered: Recent[tuple[str, str], bool] = Recent(_REMEMBERED)
        self._by_route: dict[Name, Callable[[Route, Head, bytes], Awaitable[Answer]]] = {
            "rpc": self._ping,
            "websub": self._websub,
            "rsscloud": self._rsscloud,
            "webhook": self._webhook,
            "health": self._health,
        }

    async def answer(self, route: Route, head: Head, body: bytes) -> Answer:
        """Answer a request. Raises Refused."""
        return await self._by_route[route.name](route, head, body)

    async def _ping(self, _: Route, head: Head, body: bytes) -> Answer:
        ping = xmlrpc.parse_ping(body, head.header("content-type"))
        await self._changed("ping", ping.url, ping.feed_url)
        return xmlrpc.thanks()

    async def _webhook(self, _: Route, head: Head, body: bytes) -> Answer:
        signed = head.header(hooks.SIGNATURE_HEADER)
        hooks.check_sender(head.header("authorization"), signed, body, self._webhook_secrets)
        url = hooks.parse_site(body, head.header("content-type"))
        if await self._changed("webhook", url):
            return Answer(202, b"thanks\n")
        return Answer(404, b"this site is not followed\n")

    async def _changed(self, by: By, *urls: str) -> bool:
        """Take it in if one of the URLs belongs to a site that is followed; the others are counted and ignored."""
        site = self._following.sites().site_of(*urls)
        if site is None:
            self._following.count("ignored/unknown_site")
            return False
        await self._intake.take(site, by)
        return True

    async def _websub(self, route: Route, head: Head, body: bytes) -> Answer:
        subscription = self._following.subscription(route.token)
        if subscription is None:  # forgotten while the body came
            raise refusal("path", 404, "nothing is here")
        if head.method == "GET":
            return await self._intent(subscription, _query(head.query))
        return await self._delivery(subscription, head.header(websub.SIGNATURE_HEADER), body)

    async def _intent(self, subscription: Subscription, query: dict[str, list[str]]) -> Answer:
        intent = websub.answer_intent(subscription, query, datetime.now(UTC))
        if intent.after is not None and intent.after != subscription:
            await self._following.store(intent.after)
        self._following.count(f"websub/{intent.outcome}")
        return intent.answer

    async def _delivery(self, subscription: Subscription, signed: str | None, body: bytes) -> Answer:
        delivery = websub.judge_delivery(subscription, signed, body, datetime.now(UTC))
        seen = (subscription.token, (signed or "").lower())
        if not delivery.accepted:
            self._following.count(f"websub/{delivery.outcome}")
        elif self._delivered.get(seen):
            self._following.count("websub/replayed")
        else:
            await self._intake.take(subscription.site, "websub")
            self._delivered.put(seen, value=True)
            self._following.count("websub/delivered")
        return delivery.answer

    async def _rsscloud(self, _: Route, head: Head, body: bytes) -> Answer:
        fields = _query(head.query) if head.method == "GET" else _query(body)
        registration = self._following.registration(rsscloud.notified_feed(fields))
        if head.method == "GET":
            challenge = rsscloud.challenge_answer(fields)
            if registration is None or challenge is None:
                raise refusal("challenge", 404, "no such feed was registered")
            self._following.count("rsscloud/challenged")
            return challenge
        if registration is None:
            self._following.count("ignored/unknown_feed")
        else:
            await self._intake.take(registration.site, "rsscloud")
        return Answer(200, b"thanks\n")

    async def _health(self, *_: object) -> Answer:
        return Answer(200, b"ok\n")


def _query(text: str | bytes) -> dict[str, list[str]]:
    try:
        return form_fields(text)
    except ValueError:
        raise refusal("fields", 400, "too many fields") from None

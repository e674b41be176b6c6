"""What a worker does once for all of its crawls: webhooks get events, Prometheus gets metrics."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from crawler.metrics.options import MetricsOptions
from crawler.sinks.options import SinkOptions
from crawler.stats import PREFIX
from crawler.storage.indexes import Database
from crawler.storage.operating import Operating
from crawler.tasks import stopped


async def deliver_events(
    stack: AsyncExitStack, settings: Settings, database: Database, counted: "Counter[str]"
) -> None:
    """Until the stack is left, to ``EVENTS_WEBHOOK_URLS``."""
    options = SinkOptions.of(settings)
    if options.webhooks:
        from crawler.sinks.delivering import Delivering  # noqa: PLC0415 # aiohttp: without webhooks none is needed

        def count(outcome: str, by: int) -> None:
            counted[f"{PREFIX}/events/{outcome}"] += by

        await stack.enter_async_context(Delivering(database, options, settings["USER_AGENT"], count))


async def tell_metrics(stack: AsyncExitStack, settings: Settings, database: Database, counted: "Counter[str]") -> None:
    """Until the stack is left; crawls feed them, too. Raises twisted.internet.error.CannotListenError."""
    options = MetricsOptions.of(settings, "work")
    if not options.is_wanted:
        return
    from crawler.metrics.process import of_process  # noqa: PLC0415 # who tells nobody needs no prometheus_client

    def own() -> dict[str, int]:
        """What crawls do not feed."""
        return {name: count for name, count in counted.items() if name.startswith(("work/", f"{PREFIX}/events/"))}

    operating, webhooks = Operating(database), SinkOptions.of(settings).webhooks
    process = of_process(options, Path(settings["SPILL_FOLDER"]))
    process.own = own
    await stack.enter_async_context(process)
    telling = asyncio.ensure_future(process.tell(lambda: operating.look(datetime.now(UTC), webhooks)))
    stack.push_async_callback(stopped, [telling])

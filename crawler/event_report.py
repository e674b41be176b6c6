"""Events and sinks in words, for a terminal, and which events are wanted. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.sink_state import SinkState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for; what is not given excludes nothing."""

    types: tuple[str, ...] = ()
    """Whole (``article.gone``), or their first word (``article``)."""
    site: str | None = None
    since: datetime | None = None

    def has(self, event: Mapping[str, Any]) -> bool:
        """Whether an event is among it. The end of a run is one of every site that it took up."""
        kind = event["type"]
        is_type = not self.types or kind in self.types or kind.partition(".")[0] in self.types
        is_site = self.site is None or self.site == event.get("site") or self._is_of_run(event)
        return is_type and is_site and (self.since is None or event["at"] >= self.since)

    def _is_of_run(self, event: Mapping[str, Any]) -> bool:
        """Runs name the hosts of their sites."""
        return self.site is not None and self.site.partition("/")[0] in event.get("sites", ())


def line(event: Mapping[str, Any]) -> str:
    """An event for people."""
    where = event.get("site") or ", ".join(event.get("sites", ()))
    what = event.get("title") or event.get("reason") or ", ".join(event.get("fields", ()))
    rest = "  ".join(filter(None, (where, what, event.get("url"))))
    return f"{event['seq']:>8}  {event['at']:%Y-%m-%d %H:%M:%S}  {event['type']:<19}  {rest}".rstrip()


def sink_lines(sinks: Iterable[SinkState], last: int) -> Iterator[str]:
    """How far each sink is of ``last`` numbers, and how it fares."""
    none = True
    for sink in sinks:
        none = False
        behind = max(0, last - sink.after)
        yield f"{sink.name}: {sink.state}, {sink.delivered:,} delivered, cursor {sink.after}, {behind:,} to go"
        if sink.failures:
            then = f"; next attempt {sink.next_try_at:%Y-%m-%d %H:%M:%S}" if sink.next_try_at else ""
            then = f"; scrapy events --resume {sink.name}" if sink.state == "parked" else then
            yield f"    {sink.failures} failures in a row, the last one {sink.last_error}{then}"
    if none:
        yield "no webhook was ever served; set EVENTS_WEBHOOK_URLS, see docs/events.md"

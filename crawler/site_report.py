"""What ``scrapy sites`` says of sites, in words and columns. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from crawler.asking.run_table import is_under_way, result
from crawler.asking.table import Heading
from crawler.exit_status import ExitStatus
from crawler.layout import Shown
from crawler.site_record import BrowserNeed, CompletenessRecord, Health, PushOffer, SiteRecord
from crawler.unstarted import explained

COLUMNS = (
    Heading("SITE", 3),
    Heading("NEXT"),
    Heading("EVERY"),
    Heading("ROUTE"),
    Heading("COMPLETE", 1),
    Heading("STATE", 4),
)

_UNITS = (
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
    (timedelta(seconds=1), "s"),
)
_FROM = 2
"""A unit is used from two of it on: 90 minutes are not 1 h."""

_BROKEN_OFF = (ExitStatus.FAILED, ExitStatus.INTERRUPTED, ExitStatus.STORAGE_FAILED)

_KINDS = {"page": "pages", "rest": "REST API", "feed": "feed"}
"""By ``items.ReadFrom``."""

_WORDS = {
    "complete": "ok",
    "partial": "breaks off",
    "absent": "not there",
    "summary": "gives only summaries",
}


def span(length: timedelta) -> str:
    """A length of time in its fitting unit: ``90 min``, ``3 d``."""
    unit, name = next((u for u in _UNITS if length >= _FROM * u[0]), _UNITS[-1])
    return f"{length // unit} {name}"


def when(moment: datetime, now: datetime) -> str:
    """A moment seen from now: ``in 90 min``, ``3 d ago``."""
    return f"in {span(moment - now)}" if moment > now else f"{span(now - moment)} ago"


def nothing_due(next_due_at: datetime | None, now: datetime) -> str:
    """What a crawl of the sites that are due says when there is none."""
    if next_due_at is None:
        return "no site is listed: add some with scrapy sites add https://news.example"
    return f"no site is due; the next one is {when(next_due_at, now)}, at {_time(next_due_at)}"


def rows(records: Iterable[SiteRecord], now: datetime) -> Iterator[tuple[str, ...]]:
    """The cells of each site."""
    return (_row(record, now) for record in records)


def last_run(run: Mapping[str, Any], looked_at: datetime | None, now: datetime) -> str:
    """When the last crawl of a site began, how it ended, and whether the next one has to go on with it: not, if it had
    ``looked_at`` this site before it broke off in others.
    """
    is_left = looked_at is None or looked_at < run["started_at"]
    is_broken_off = not is_under_way(run) and run.get("exit_status") in (None, *_BROKEN_OFF)
    goes_on = is_left and is_broken_off
    return f"{_at(run['started_at'], now)}: {result(run)}" + (
        "; the next one reads what is not stored, and what no list names" if goes_on else ""
    )


def details(record: SiteRecord, articles: int, now: datetime, run: str | None = None) -> Iterator[str]:
    """All that is known of a site, a line for each thing; ``articles`` of it are stored. ``run``: see ``last_run``."""
    yield record.id
    for label, lines in _sections(record, articles, now, run):
        for number, line in enumerate(lines):
            yield f"  {'' if number else label:<13}{line}"


def _row(record: SiteRecord, now: datetime) -> tuple[str, ...]:
    return (
        record.id,
        _when_next(record, now),
        span(timedelta(seconds=record.interval_seconds)) if record.listed and record.interval_seconds else "-",
        record.route or "-",
        _short(record.complete) if record.complete else "-",
        _state(record, now),
    )


def _sections(record: SiteRecord, articles: int, now: datetime, run: str | None) -> Iterator[tuple[str, list[str]]]:
    yield "start", [record.url] if record.url else []
    yield "home", [record.home] if record.home else []
    yield "also", record.aliases
    yield "listed", [_listed(record)]
    yield "next look", _next_look(record, now)
    yield (
        "last look",
        [_at(record.checked_at, now) if record.checked_at else "never" if run is None else "no whole one"],
    )
    yield "last run", [run] if run else []
    yield "last change", [_at(record.changed_at, now)] if record.changed_at else []
    yield "last sweep", [_at(record.swept_at, now)] if record.swept_at else []
    is_known = record.checked_at or run is None
    yield "state", [_state(record, now), *_advice(record.health)] if is_known else ["not crawled whole yet"]
    yield "shown", list(_shown(record))
    yield "not shown", list(_broken(record, now))
    yield "route", [": ".join(filter(None, (record.route, record.route_reason)))] if record.route else []
    yield "offers", list(_offers(record, now))
    yield "posts", [", ".join(f"{count:,} by {route}" for route, count in record.counts.items())] * bool(record.counts)
    yield "articles", [f"{articles:,} stored"]
    yield "complete", list(_complete(record.complete, now)) if record.complete else []
    newest = record.cursor.modified if record.cursor else None
    yield "cursor", [f"modifications up to {_time(newest)} are known"] if newest else []
    yield "browser", list(_browser(record.browser, now)) if record.browser else []
    yield "told by", list(_told_by(record.push)) if record.push else []
    yield "asked with", [f"{kind}: {validator.url}" for kind, validator in record.validators.items()]


def _listed(record: SiteRecord) -> str:
    if not record.listed:
        return "no: scrapy sites add puts it on the list"
    return f"since {_time(record.added_at)}" if record.added_at else "yes"


def _next_look(record: SiteRecord, now: datetime) -> list[str]:
    if not record.listed or not record.next_due_at:
        return []
    every = f"; looked at every {span(timedelta(seconds=record.interval_seconds))}" if record.interval_seconds else ""
    return [f"{_next(record.next_due_at, now)} ({_time(record.next_due_at)}){every}"]


def _when_next(record: SiteRecord, now: datetime) -> str:
    """When a site is looked at again; nobody does, of itself, where it is not on the list."""
    if not record.listed:
        return "not listed"
    return _next(record.next_due_at, now) if record.next_due_at else "-"


def _next(moment: datetime, now: datetime) -> str:
    return when(moment, now) if moment > now else "now"


def _state(record: SiteRecord, now: datetime) -> str:
    if record.checked_at is None:
        return "not crawled yet"
    lost = dict.fromkeys(name for known in record.layout.values() for name, one in known.items() if one.broken_since)
    layout = [f"layout changed: no {', '.join(lost)}"] if lost else []
    return "; ".join([_health(record.health, now) if record.health else "ok", *layout])


def _shown(record: SiteRecord) -> Iterator[str]:
    """How many of the latest posts have what."""
    for kind, known in record.layout.items():
        shares = ((name, one.lately) for name, one in known.items())
        told = ", ".join(f"{name} {share.shown} of {share.of}" for name, share in shares if share.of)
        if told:
            yield f"{_KINDS.get(kind, kind)}: {told}"


def _broken(record: SiteRecord, now: datetime) -> Iterator[str]:
    """Which field broke since when, where it was shown before; and which is back."""
    for kind, known in record.layout.items():
        for name, one in known.items():
            if one.broken_since or one.recovered_at:
                yield f"{_KINDS.get(kind, kind)}: {name} {_broken_since(one, now)}"


def _broken_since(shown: Shown, now: datetime) -> str:
    if shown.broken_since:
        example = f"  {shown.example}" if shown.example else ""
        return f"since {_at(shown.broken_since, now)}; {shown.before.part:.0%} had it{example}"
    return f"is back since {_at(shown.recovered_at, now)}" if shown.recovered_at else ""


def _health(health: Health, now: datetime) -> str:
    error = f": {health.last_error}" if health.last_error else ""
    if health.blocked_since:
        return f"keeps crawlers out for {span(now - health.blocked_since)}{error}"
    if health.failures:
        return f"failed {health.failures} time{'s' if health.failures > 1 else ''} in a row{error}"
    if health.last_error:
        return health.last_error
    return f"ok ({health.status})" if health.status else "ok"


def _advice(health: Health | None) -> Iterator[str]:
    """What is the matter with a site that fails, and what to do."""
    if health and health.failures and health.last_error and (told := explained(health.last_error)):
        yield ": ".join(told)


def _offers(record: SiteRecord, now: datetime) -> Iterator[str]:
    for route, offer in record.offers.items():
        state = _WORDS.get(offer.state, offer.state)
        reason = f" ({offer.reason})" if offer.reason else ""
        used = ", in use" if route == record.route else ""
        yield f"{route:<11}{state}{used}{reason}" + (f"  {offer.url}" if offer.url else "")
    if record.offers and record.offers_expire_at:
        yield f"looked for again {_next(record.offers_expire_at, now)}"


def _browser(need: BrowserNeed, now: datetime) -> Iterator[str]:
    why = "say that they need JavaScript" if need.why == "asks" else "are empty until scripts run"
    yield f"its pages {why}: opened in one; looked at without it again {_next(need.expires_at, now)}"


def _told_by(push: PushOffer) -> Iterator[str]:
    """Who would tell of news: ``scrapy crawl listen`` asks them."""
    yield from (f"WebSub: {hub}" for hub in push.hubs)
    if push.cloud:
        yield f"rssCloud: {push.cloud}"


def _short(complete: CompletenessRecord) -> str:
    return "yes" if complete.value else f"{complete.missing:,} missing"


def _complete(complete: CompletenessRecord, now: datetime) -> Iterator[str]:
    yield f"{_short(complete)}, as of {_at(complete.at, now)}"
    yield from complete.why


def _at(moment: datetime, now: datetime) -> str:
    return f"{_time(moment)}, {when(moment, now)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

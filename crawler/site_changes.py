"""What is told of a site: what of its record has changed in the eyes of those who follow it. Pure."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.events import SiteEvent
from crawler.site_record import SiteRecord


def site_events(before: SiteRecord, after: SiteRecord, at: datetime) -> list[SiteEvent]:
    """The events of what a crawl has learned. Their ids are made of it, and of when the site was looked at before.

    So the crawl after one that was killed between telling and remembering tells nothing twice.
    """
    events = []
    if changed := dict(_changed(before, after)):
        events.append(_event(before, after, "site.changed", at, changed, fields=tuple(changed), url=after.home))
    since = after.health.blocked_since if after.health else None
    if since and not (before.health and before.health.blocked_since):
        reason = after.health.last_error if after.health else None
        events.append(_event(before, after, "site.blocked", since, {}, reason=reason, url=after.home or after.url))
    return events


def _changed(before: SiteRecord, after: SiteRecord) -> Iterator[tuple[str, Any]]:
    """Fields with their new values. What was not known before is no change, nor is what is not known any more."""
    pairs = [("home", before.home, after.home), ("route", before.route, after.route)]
    for route, offer in sorted(after.offers.items()):
        known = before.offers.get(route)
        pairs.append((f"offers.{route}", known.state if known else None, offer.state))
    return ((name, str(now)) for name, was, now in pairs if was is not None and now is not None and was != now)


def _event(
    before: SiteRecord, after: SiteRecord, kind: Any, at: datetime, said: dict[str, Any], **told: Any
) -> SiteEvent:
    what = f"{sorted(said.items())} {before.checked_at and before.checked_at.isoformat()}"
    digest = hashlib.sha256(what.encode()).hexdigest()[:16]
    return SiteEvent(id=f"{after.id}:{kind.removeprefix('site.')}:{digest}", type=kind, at=at, site=after.id, **told)

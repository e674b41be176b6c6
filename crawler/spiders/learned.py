"""What a crawl of a site has taught: the site's record after it. Decides on what the crawl kept, does nothing."""

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from crawler.layout import judged
from crawler.polite.conduct import TROUBLE, Ending, Left
from crawler.routes.ladder import Completeness, Route, State, Walked, completed, completeness
from crawler.schedule import Look, Schedule
from crawler.site_record import BrowserNeed, CompletenessRecord, Cursor, Health, Offer, SiteRecord
from crawler.spiders.scripts import Scripts
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.starts import Start

MOST_UNREAD = 100
"""Pages that the next crawl asks for again one by one; if there are more, it looks for all that is new again."""


MOST_LEFT = 5_000
"""Pages that a crawl left and the next one asks for first: half a megabyte. Lists name most of the others again."""


class Lost(NamedTuple):
    """A site whose start page could not be had, and why: the reason of ``failures.failure_of``."""

    start: Start
    reason: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What else decides when to come again."""

    now: datetime
    schedule: Schedule
    published: Sequence[datetime] = ()
    """Of the site's latest articles."""
    new: int = 0
    """Articles that were added, changed or gone."""
    ending: Ending | None = None
    """Why the site was left before its crawl was done, if it was."""


def learned(crawl: SiteCrawl, around: Around) -> SiteRecord:
    """The record after a crawl that came to its end."""
    after = deepcopy(crawl.record)
    _note_routes(after, crawl, around.now)
    after.unread = list(crawl.progress.unread)[:MOST_UNREAD]
    if _has_too_much_unread(crawl):
        after.validators = crawl.before.validators
    else:
        after.cursor = _moved(after.cursor or Cursor(), crawl)
    after.browser = _browser_need(after.browser, crawl.progress.scripts, around)
    after.layout = judged(after.layout, crawl.readings, around.now, crawl.before.checked_at)
    after.checked_at, after.health = around.now, Health(status=200)
    after.unfinished_since = after.begun_at = None
    after.not_before = None
    after.changed_at = around.now if around.new else after.changed_at
    if crawl.is_full:
        _note_whole_crawl(after, crawl, around)
    return _scheduled(after, around)


def left(crawl: SiteCrawl, around: Around, ending: Ending) -> SiteRecord:
    """The record after a crawl that left the site before it was done: the next one begins where this one began.

    It goes on with a whole crawl: what was read is not read again, and what was left is asked for first.
    """
    after = deepcopy(crawl.before)
    after.home, after.language, after.robots = crawl.record.home, crawl.record.language, crawl.record.robots
    after.browser = _browser_need(after.browser, crawl.progress.scripts, around)
    after.unread, after.checked_at = list(crawl.progress.unread)[:MOST_LEFT], around.now
    after.changed_at = around.now if around.new else after.changed_at
    if crawl.is_full:
        after.unfinished_since, after.begun_at = crawl.progress.read_since or crawl.began, None
        missing, why = len(crawl.progress.tally.missing()), [f"left: {ending.reason}", *verdict(crawl).why]
        after.complete = CompletenessRecord(at=around.now, value=False, missing=missing, why=why)
        after.swept_at = None
        reached = reached_by(crawl)
        after.cursor = replace(after.cursor or Cursor(), reached=reached) if reached else after.cursor
    after.health = Health(last_error=f"left: {ending.reason}")
    if ending.why is Left.BLOCKED:
        after.health = _failing(crawl.before.health, ending.reason, around.now, blocked=True)
    return _not_before(_scheduled(after, around), ending, around)


def failed(record: SiteRecord, reason: str, around: Around, *, blocked: bool) -> SiteRecord:
    """The record after a crawl that did not get into the site, or was not to (``around.ending``)."""
    after = deepcopy(record)
    if around.ending is None or around.ending.why in TROUBLE:
        after.health = _failing(record.health, reason, around.now, blocked=blocked)
        after.checked_at = around.now
        after = _scheduled(after, around)
        after.not_before = after.next_due_at if blocked else None
    return _not_before(after, around.ending, around) if around.ending else after


def _failing(before: Health | None, reason: str, now: datetime, *, blocked: bool) -> Health:
    health = before or Health()
    since = (health.blocked_since or now) if blocked else None
    return Health(failures=health.failures + 1, last_error=reason, blocked_since=since)


def _not_before(after: SiteRecord, ending: Ending, around: Around) -> SiteRecord:
    """Due when the site may be asked again, and not before, whatever it tells meanwhile; what we ended ourselves goes
    on as soon as a site is looked at again. After a slice it is due."""
    if ending.why is Left.SLICE:
        after.next_due_at, after.not_before = around.now, None
        return after
    due = after.next_due_at if ending.why in TROUBLE else around.now + around.schedule.shortest
    after.next_due_at = after.not_before = max(filter(None, (due, ending.until)), default=None)
    return after


def reached_by(crawl: SiteCrawl) -> datetime | None:
    """Where the REST walk goes on; where it began, if more posts were left for their pages than are remembered."""
    walked = crawl.rest.reached if len(crawl.progress.unread) <= MOST_LEFT else None
    return max(filter(None, (walked, crawl.visit.reached)), default=None)


def verdict(crawl: SiteCrawl) -> Completeness:
    """Whether a whole crawl has every post."""
    progress = crawl.progress
    return completeness(progress.walked, progress.tally, Counter(progress.unread.values()), crawl.untold_types)


def outcome(crawl: SiteCrawl, ending: Ending | None) -> str:
    """How the crawl of a site ended, in a word for people."""
    if crawl.broken or ending:
        return crawl.broken or str(ending and ending.why)
    if crawl.is_unchanged:
        return "nothing new"
    return "incomplete" if crawl.is_full and not verdict(crawl).value else "done"


def report(crawl: SiteCrawl) -> dict[str, Any]:
    """What the record of the run says of the site."""
    told: dict[str, Any] = {"site": crawl.record.id, "full": crawl.is_full, "unchanged": crawl.is_unchanged}
    told["routes"] = {str(one.route): {"state": str(one.state), "reason": one.reason} for one in crawl.progress.walked}
    if used := completed(crawl.progress.walked):
        told["route"] = str(used.route)
    if crawl.is_full:
        found = verdict(crawl)
        told |= {"complete": found.value, "why": list(found.why), "missing": list(found.missing)}
        told["counts"] = crawl.progress.tally.counts()
    return told


def _moved(cursor: Cursor, crawl: SiteCrawl) -> Cursor | None:
    """The cursor after routes went to their end. What is published while a crawl goes on is asked for by the next.

    That of a crawl that goes on with others began with the first of them: a post that was scheduled appears where its
    draft was last modified, where they may have been before.
    """
    began = (crawl.progress.continues_since if crawl.visit.reached else None) or crawl.began
    if _is_complete(crawl, Route.REST):
        newest = max(filter(None, (cursor.modified, crawl.rest.newest)), default=None)
        is_all = crawl.rest.reason is None and crawl.rest.unread is None
        cursor = Cursor(
            modified=newest and min(crawl.began, newest),
            published=began if is_all else cursor.published,
            sitemap=cursor.sitemap,
        )
    cursor = replace(cursor, reached=None)
    if _is_complete(crawl, Route.SITEMAP):
        cursor = replace(cursor, sitemap=crawl.began)
    return cursor if cursor != Cursor() else None


def _browser_need(before: BrowserNeed | None, scripts: Scripts, around: Around) -> BrowserNeed | None:
    """What is found anew holds for a while; what was found before is looked at again when that has passed."""
    if scripts.why and scripts.is_known:
        expiry = around.schedule.offers_expiry(around.now, scripts.why)
        return BrowserNeed(why=scripts.why, found_at=around.now, expires_at=expiry)
    return before if before and around.now < before.expires_at and not scripts.is_given_up else None


def _has_too_much_unread(crawl: SiteCrawl) -> bool:
    return len(crawl.progress.unread) > MOST_UNREAD


def _is_complete(crawl: SiteCrawl, route: Route) -> bool:
    return any(one.route is route and one.state is State.COMPLETE for one in crawl.progress.walked)


def _note_routes(after: SiteRecord, crawl: SiteCrawl, now: datetime) -> None:
    """What became of each route, and which was used: the one that went to its end."""
    urls = {"rest": crawl.rest.root, "feed": crawl.feed.url, "sitemap": crawl.sitemap.root}
    for walked in crawl.progress.walked:
        known = after.offers.get(walked.route)
        url = urls.get(walked.route) or (known.url if known else None)
        after.offers[walked.route] = Offer(state=walked.state, url=url, reason=walked.reason, checked_at=now)
    if crawl.feed.url and "feed" not in {str(walked.route) for walked in crawl.progress.walked}:
        after.offers["feed"] = Offer(
            state=State.COMPLETE if crawl.feed.is_full else State.SUMMARY, url=crawl.feed.url, checked_at=now
        )
    if used := completed(crawl.progress.walked):
        after.route, after.route_reason = str(used.route), _why(used, crawl.progress.walked)


def _why(used: Walked, walked: Sequence[Walked]) -> str:
    """Which cheaper routes were tried before."""
    before = walked[: walked.index(used)] if used.route is not Route.REST else ()
    return "; ".join(map(str, before)) or "the cheapest"


def _note_whole_crawl(after: SiteRecord, crawl: SiteCrawl, around: Around) -> None:
    found = verdict(crawl)
    missing = len(crawl.progress.tally.missing())
    after.complete = CompletenessRecord(at=around.now, value=found.value, missing=missing, why=list(found.why))
    after.counts = crawl.progress.tally.counts()
    after.swept_at = None  # a whole crawl that was none is followed by another
    if completed(crawl.progress.walked) and not _has_too_much_unread(crawl):
        after.swept_at, after.types = around.now, list(crawl.progress.types or ())
        after.offers_expire_at = around.schedule.offers_expiry(around.now, after.id)


def _scheduled(after: SiteRecord, around: Around) -> SiteRecord:
    previous = timedelta(seconds=after.interval_seconds) if after.interval_seconds else None
    look = Look(
        at=around.now,
        published=around.published,
        new=around.new,
        failures=after.health.failures if after.health else 0,
        previous=previous,
    )
    due = around.schedule.next_look(look, f"{after.id} {around.now.isoformat()}")
    after.next_due_at, after.interval_seconds = due.at, round(due.interval.total_seconds())
    return after

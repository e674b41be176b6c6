"""What the REST API answers: posts as candidates, or the reason why there are none. Nothing of it is trusted."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from crawler.reading.embedded import term_names
from crawler.reading.rest import NotARestPost, RestReading, read_rest
from crawler.reading.rules import NO_RULES, SiteRules, rest_extra
from crawler.routes.candidates import Candidate, Role
from crawler.routes.pagesize import PER_PAGE_REFUSED
from crawler.urls import is_on_site, site_id

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_PAST_THE_END = "rest_post_invalid_page_number"
_MOST_PARTS = 1_000_000
"""Lists and objects in an answer, of 64 bytes each at least; a hundred posts with all their terms have some 30,000."""
_REST_BASE = re.compile(r"[\w-]{1,60}")


class Refused(ValueError):
    """No list of posts; the message is the reason, fit for counters: a code of the API, ``http_403``, ``html``, …"""


@dataclass(frozen=True, slots=True)
class RestRow:
    """One post of an answer: its candidate, and by what the collection is sorted.

    ``modified`` is the site's local time (the column that ``orderby=modified`` and ``modified_after`` look at); None
    where the database has zeros. ``missing`` says why the candidate has no article.
    """

    id: int
    modified: datetime | None
    candidate: Candidate
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class RestPage:
    """One answer: posts in its order, or ``refused`` with the reason.

    ``total`` is how many posts the query has in all, where it is told; ``skipped`` counts items that are no post of
    the site, by reason; ``listed`` all items, those too. ``handle`` names the next page, where the API pages so.
    """

    rows: tuple[RestRow, ...] = ()
    total: int | None = None
    refused: str | None = None
    skipped: Mapping[str, int] = field(default_factory=dict)
    listed: int = 0
    handle: str | None = None

    @property
    def candidates(self) -> list[Candidate]:
        """The posts to store or to fetch."""
        return [row.candidate for row in self.rows]

    def goes_on(self, before: int, size: int, *, fresh: bool) -> bool:
        """Whether the list has more than these and the ``before`` ones ahead of them; ``size`` were asked for.

        By the total that is told: a page may be short because a plugin hides posts of it, or gives fewer at once. A
        total of less than was listed is none: some caches answer with the headers of another request. Then a page that
        is full, or at least ``fresh``, may be followed by another.
        """
        told = before + self.listed
        if self.total is not None and self.total >= told:
            return told < self.total
        return self.listed >= size or fresh


def parse_posts(
    status: int, headers: Mapping[str, str], body: bytes, home: str, rules: SiteRules = NO_RULES
) -> RestPage:
    """The answer to a URL of ``RestApi``; ``home`` and ``rules`` are the site's."""
    try:
        items = load(status, body)
    except Refused as refusal:
        reason = str(refusal)
        return RestPage() if reason == _PAST_THE_END else RestPage(refused=reason)
    if not isinstance(items, list):
        return RestPage(refused="not_a_list")
    return page_of(items, home, _total(headers), rules=rules)


def page_of(
    items: Sequence[Any], home: str, total: int | None, route: str = "rest", rules: SiteRules = NO_RULES
) -> RestPage:
    """Items of ``/wp/v2/posts`` as a page of candidates."""
    rows, skipped, known = [], Counter[str](), term_names(items)
    for item in items:
        try:
            reading = read_rest(item, home, known)
        except NotARestPost as refusal:
            skipped[str(refusal).replace(" ", "_")] += 1
            continue
        reading.article.extra = rest_extra(item, rules)
        if is_on_site(reading.article.url, site_id(home)):
            rows.append(_row(item, reading, route))
        else:
            skipped["offsite"] += 1
    return RestPage(tuple(rows), total, None, dict(skipped), len(items))


def _row(item: Mapping[str, Any], reading: RestReading, route: str) -> RestRow:
    article = reading.article
    article.source.route = route
    candidate = Candidate(
        article.url,
        Role.POST,
        route,
        published_at=article.published_at,
        wp_id=article.wp_id,
        modified_at=article.modified_at,
        article=None if reading.missing else article,
    )
    return RestRow(item["id"], _local(item.get("modified")), candidate, reading.missing)


def _local(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0)
    except (TypeError, ValueError):
        return None
    return moment if MINYEAR < moment.year < MAXYEAR else None  # there is a second before it and one after it


def load(status: int, body: bytes) -> Any:
    """The JSON of an answer. Raises Refused for errors of the API, HTML in its place, and what is no JSON."""
    if body.count(b"[") + body.count(b"{") > _MOST_PARTS:
        raise Refused("too_many_parts")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        if status >= 400:
            raise Refused(f"http_{status}") from None
        raise Refused("html" if body.lstrip()[:1] == b"<" else "not_json") from None
    code = data.get("code", data.get("error")) if isinstance(data, dict) else None
    if isinstance(code, str) and _CODE.fullmatch(code):
        raise Refused(PER_PAGE_REFUSED if _is_of_page_size(data) else code)
    if status >= 400:
        raise Refused(f"http_{status}")
    return data


def _is_of_page_size(error: Mapping[str, Any]) -> bool:
    """Whether it is ``per_page`` that is not allowed: the data of ``WP_REST_Request::has_valid_params`` names it."""
    data = error.get("data")
    params = data.get("params") if isinstance(data, dict) else None
    return isinstance(params, dict) and "per_page" in params


def _total(headers: Mapping[str, str]) -> int | None:
    text = next((value for name, value in headers.items() if name.lower() == "x-wp-total"), "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def rest_bases(status: int, body: bytes) -> dict[str, str]:
    """``rest_base`` by name of the post types that ``/wp/v2/types`` shows. Raises Refused."""
    data = load(status, body)
    if not isinstance(data, dict):
        raise Refused("not_an_object")
    found = {name: kind.get("rest_base") for name, kind in data.items() if isinstance(kind, dict) and _is_v2(kind)}
    return {name: base for name, base in found.items() if isinstance(base, str) and _REST_BASE.fullmatch(base)}


def _is_v2(kind: dict[str, Any]) -> bool:
    """In core's namespace (``rest_namespace``, since 5.9; before, there was no other)."""
    return bool(kind.get("rest_namespace", "wp/v2") == "wp/v2")

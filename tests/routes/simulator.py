"""WordPress's REST collection without WordPress: what core orders, filters and counts, on plain data.

After ``WP_REST_Posts_Controller::get_items`` and ``WP_Query``: local times, exclusive bounds in whole seconds, and no
promise of any order among posts of one second.
"""

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from crawler.routes.restanswer import RestPage, parse_posts

HOME = "https://news.example/"
START = datetime(2026, 3, 1)  # noqa: DTZ001 - local, as the database has it


@dataclass
class Wordpress:
    """A site of posts: second of modification by id. ``zone``: hours that local time is ahead of UTC.

    ``knows_filter``: since 5.7. ``shown_total``: whether the header X-WP-Total gets through; ``told_total``: what it
    says, where that is a lie. ``cap``: so many it gives at once, whatever it is asked for; of more than ``most`` it
    says ``refusal``.
    """

    posts: dict[int, int] = field(default_factory=dict)
    zone: int = 0
    knows_filter: bool = True
    shown_total: bool = True
    told_total: int | None = None
    cap: int = 100
    most: int = 100
    refusal: RestPage = field(default_factory=lambda: RestPage(refused="rest_invalid_param"))
    shuffle: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - no secret
    asked: list[str] = field(default_factory=list)

    def answer(self, url: str) -> RestPage:
        """What the API says to a URL."""
        self.asked.append(url)
        query = dict(parse_qsl(urlsplit(url).query))
        chosen = self._sorted([id_ for id_ in self.posts if self._passes(id_, query)], query)
        start, size = int(query.get("offset", 0)), int(query["per_page"])
        if size > self.most:
            return self.refusal
        items = [self._item(id_) for id_ in chosen[start : start + min(size, self.cap)]]
        total = len(chosen) if self.told_total is None else self.told_total
        headers = {"X-WP-Total": str(total if items else 0)} if self.shown_total else {}
        return parse_posts(200, headers, json.dumps(items).encode(), HOME)

    def local(self, id_: int) -> datetime:
        """The column ``post_modified``."""
        return START + timedelta(seconds=self.posts[id_])

    def _passes(self, id_: int, query: dict[str, str]) -> bool:
        if not self.knows_filter:
            return True
        after, before = (self._bound(query.get(f"modified_{name}")) for name in ("after", "before"))
        return (after is None or self.local(id_) > after) and (before is None or self.local(id_) < before)

    def _bound(self, text: str | None) -> datetime | None:
        if text is None:
            return None
        bound = datetime.fromisoformat(text)
        return (bound + timedelta(hours=self.zone)).replace(tzinfo=None) if bound.tzinfo else bound

    def _sorted(self, ids: list[int], query: dict[str, str]) -> list[int]:
        self.shuffle.shuffle(ids)  # MySQL promises nothing within a tie
        by_id = query["orderby"] == "id"
        return sorted(ids, key=lambda id_: id_ if by_id else self.posts[id_], reverse=query["order"] == "desc")

    def _item(self, id_: int) -> dict[str, object]:
        utc = self.local(id_) - timedelta(hours=self.zone)
        return {
            "id": id_,
            "link": f"{HOME}{id_}/",
            "modified": self.local(id_).isoformat(),
            "modified_gmt": utc.isoformat(),
        }

"""Sitemaps: which files there are, which of them need be fetched, and the posts that they name.

Of a date without a time of day (W3C allows it) no moment is known: the candidate has no ``modified_at`` but
``modified_by``, the end of that day where it ends last, in UTC-12. Whoever has read the post after that moment is up to
date; whoever has read it before, on that day above all, may not be, and asks once more.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from scrapy.utils.sitemap import sitemap_urls_from_robots

from crawler.reading.datetext import Stamp, parse_machine_date
from crawler.routes.candidates import Candidate, Role
from crawler.routes.sieve import Sieve
from crawler.routes.sitemapnames import Contents, contents_of, is_of_one_type, post_type_of
from crawler.routes.xmlfile import EnoughRecords, read_records, xml_source
from crawler.urls import absolute_url, canonical_url, is_on_site, url_key

MAX_SITEMAP_BYTES = 52_428_800
"""Unpacked; the protocol's own limit (sitemaps.org)."""
_MOST_URLS = 50_000
"""In one file; the protocol's limit. WordPress writes 2,000, plugins 200 to 1,000."""
_MOST_LEFT_OUT = 50_000
"""Further entries that are counted; there the reading ends."""
_MOST_FILES = 2000
"""In one index: a year of daily files for five years, or a million posts of the smallest plugin's files."""
_DEEPEST = 2
"""Indexes within indexes: Jetpack has one level of them."""
_WEST = timedelta(hours=12)

_WANTED = (Contents.NEWS, Contents.POSTS, Contents.MAYBE)
"""Most wanted first."""


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """A sitemap to fetch; ``modified_by``: what is in it was last changed then or earlier, where its index says so."""

    url: str
    contents: Contents
    modified_by: datetime | None = None
    depth: int = 0
    """How many indexes led to it."""
    guessed: bool = False
    """Whether nobody named it: of the usual addresses one is enough, the others lead to the same."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file says: of an index ``files``, else ``candidates``; ``dropped`` counts what is left out."""

    files: tuple[SitemapFile, ...]
    candidates: tuple[Candidate, ...]
    dropped: Counter[str] = field(default_factory=Counter)
    """By the reasons of ``Sieve``, and ``too_many``, ``too_deep``."""


def sitemap_files(
    home: str, site: str, robots: bytes = b"", robots_url: str | None = None, *, rewrites: bool = True
) -> list[SitemapFile]:
    """Where the sitemaps of a site may be: what its robots.txt names, else the addresses of WordPress and plugins.

    They may lie at the root of the host, above a WordPress in a folder. ``rewrites``: whether addresses without
    ``index.php`` or a query reach WordPress at all.
    """
    host = site.partition("/")[0]
    base = robots_url or home
    named = (absolute_url(base, url) for url in sitemap_urls_from_robots(robots))
    told = [canonical_url(url) for url in named if url and is_on_site(url, host)]
    root = home.rstrip("/")
    names = ["wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml"]
    names = [*names, "?sitemap=index"] if rewrites else ["?sitemap=index", *names]
    urls = told[:_MOST_FILES] or [f"{root}/{name}" for name in names]
    return [SitemapFile(url, contents_of(url), guessed=not told) for url in dict.fromkeys(urls)]


def parse_sitemap(body: bytes, file: SitemapFile, site: str, content_type: str | None = None) -> Sitemap:
    """The files or posts that a sitemap names; read as a stream, packed or not. Raises UnreadableXml."""
    source = xml_source(body, ("urlset", "sitemapindex"), MAX_SITEMAP_BYTES, content_type)
    sieve = Sieve(site, file.url)
    files: dict[str, SitemapFile] = {}
    candidates: list[Candidate] = []

    def take(kind: str, said: dict[str, str]) -> None:
        if sieve.dropped.total() >= _MOST_LEFT_OUT:
            raise EnoughRecords
        if kind == "sitemap":
            _add_file(files, said, file, site, sieve.dropped)
        elif len(candidates) >= _MOST_URLS:
            sieve.dropped["too_many"] += 1
        elif url := sieve.admit(said.get("loc")):
            candidates.append(_candidate(url, said, file.contents))

    read_records(source, ("url", "sitemap"), take)
    return Sitemap(tuple(files.values()), tuple(candidates), sieve.dropped)


def files_to_fetch(files: Iterable[SitemapFile], since: datetime | None = None) -> list[SitemapFile]:
    """The files that may name posts changed at ``since`` or later, those with the newest first.

    A scheduled post keeps its old modification when it goes public (``wp_publish_post()``): the feed has to tell of it.
    All whose index says nothing of their age; among them the last is the newest, for WordPress numbers them from the
    oldest. News and posts come before what may be posts; pages, terms, authors and media are not fetched.
    """
    wanted = [file for file in files if file.contents in _WANTED and _may_be_newer(file, since)]
    return [file for _, file in sorted(enumerate(wanted), key=_newest_last, reverse=True)]


def of_types(files: Iterable[SitemapFile], types: Collection[str] | None) -> list[SitemapFile]:
    """The files that may list posts of these types, those that are named for one as files of posts. None: all."""
    if types is None:
        return list(files)
    return [chosen for file in files if (chosen := _of_types(file, types))]


def _of_types(file: SitemapFile, types: Collection[str]) -> SitemapFile | None:
    if post_type_of(file.url) in types:
        return replace(file, contents=Contents.POSTS)
    is_other = is_of_one_type(file.url) or (file.contents in (Contents.POSTS, Contents.NEWS) and "post" not in types)
    return None if is_other else file


def _newest_last(numbered: tuple[int, SitemapFile]) -> tuple[int, datetime, int]:
    number, file = numbered
    return -_WANTED.index(file.contents), file.modified_by or datetime.min.replace(tzinfo=UTC), number


def _may_be_newer(file: SitemapFile, since: datetime | None) -> bool:
    return since is None or file.modified_by is None or file.modified_by >= since


def _candidate(url: str, said: dict[str, str], contents: Contents) -> Candidate:
    """A post for certain where the file is one of posts, or the entry is one of news."""
    modified, published = _stamp(said.get("lastmod")), _stamp(said.get("news/publication_date"))
    certain = "news/publication_date" in said or contents in (Contents.POSTS, Contents.NEWS)
    return Candidate(
        url,
        Role.POST if certain else Role.MAYBE,
        "sitemap",
        published_at=_exact(published),
        modified_at=_exact(modified),
        modified_by=_latest(modified),
    )


def _add_file(
    files: dict[str, SitemapFile], said: dict[str, str], index: SitemapFile, site: str, dropped: Counter[str]
) -> None:
    url = absolute_url(index.url, said.get("loc"))
    if not url or not is_on_site(url, site.partition("/")[0]):
        dropped["offsite" if url else "scheme"] += 1
    elif index.depth >= _DEEPEST or len(files) >= _MOST_FILES:
        dropped["too_deep" if index.depth >= _DEEPEST else "too_many"] += 1
    elif url_key(url) not in files:
        latest = _latest(_stamp(said.get("lastmod")))
        url = canonical_url(url)
        files[url_key(url)] = SitemapFile(url, contents_of(url), latest, index.depth + 1)


def _stamp(text: str | None) -> Stamp | None:
    return parse_machine_date(text) if text else None


def _exact(stamp: Stamp | None) -> datetime | None:
    """In UTC; None for a day, and for a time without a zone."""
    return stamp.utc() if stamp and stamp.timed and stamp.when.tzinfo else None


def _latest(stamp: Stamp | None) -> datetime | None:
    """The last moment that a date may mean."""
    if stamp is None or _exact(stamp):
        return _exact(stamp)
    if stamp.timed:
        return stamp.when.replace(tzinfo=UTC) + _WEST
    return datetime.combine(stamp.when.date(), time(), UTC) + timedelta(days=1) + _WEST

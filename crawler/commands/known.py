"""Which stored site is meant by what a user typed; who names one that is not known is told those that are."""

from collections.abc import Sequence
from difflib import get_close_matches

from pymongo.database import Database
from scrapy.exceptions import UsageError

from crawler.asking.run_table import run_query
from crawler.changes import Document
from crawler.site_record import SiteRecord
from crawler.start_urls import start_url
from crawler.storage.run_list import runs
from crawler.storage.site_list import SiteList
from crawler.urls import site_id

_ALIKE = 0.8
"""Names that share no more than their last part (``.example``) are less alike than that."""

_NAMED = 10
"""Sites that are named where none is like the one that was asked for."""


def known_sites(database: Database[Document], urls: Sequence[str], consequence: str = "") -> list[SiteRecord]:
    """The sites of these URLs; of one that was begun to be crawled and has no record yet, an empty one.

    Raises UsageError if one is not known, naming those that look like it.
    """
    sites, names = SiteList(database), [site_id(url) for url in urls]
    found = sites.find(names)
    found |= {name: SiteRecord(id=name) for name in names if name not in found and _was_begun(database, name)}
    unknown = [name for name in names if name not in found]
    if unknown:
        known = sites.names()
        raise UsageError("\n".join(not_known(name, known) for name in unknown) + consequence)
    return [found[name] for name in names]


def not_known(name: str, known: Sequence[str]) -> str:
    """What to say of a site that is none of the known ones."""
    near = list(dict.fromkeys([*(k for k in known if name in k), *get_close_matches(name, known, cutoff=_ALIKE)]))[:3]
    if near:
        return f"{name} is not known; did you mean {' or '.join(near)}?"
    more = f" and {len(known) - _NAMED:,} more" if len(known) > _NAMED else ""
    return f"{name} is not known; " + (f"known are {', '.join(known[:_NAMED])}{more}" if known else "no site is")


def stored_sites(told: Sequence[str], database: Database[Document]) -> tuple[str, ...]:
    """The names under which the articles of sites are stored, of what ``--site`` was given; see ``add_sites``.

    A site may be known and have no article yet. Raises UsageError if one is no site, or not known.
    """
    words = [word for part in told for word in part.split(",") if word.strip()]
    return tuple(dict.fromkeys(_stored_name(word, database) for word in words))


def _stored_name(told: str, database: Database[Document]) -> str:
    try:
        name = site_id(start_url(told))
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    if _has_articles(database, name):
        return name
    sites = SiteList(database)
    if record := sites.find([name]).get(name):
        return record.id
    if _was_begun(database, name):
        return name
    raise UsageError(not_known(name, sites.names()), print_help=False)


def _has_articles(database: Database[Document], name: str) -> bool:
    return database["articles"].find_one({"site": name}, {"_id": 1}) is not None


def _was_begun(database: Database[Document], name: str) -> bool:
    """Whether a crawl took up a site: none that came to its end left a record of it.

    A run that was killed knows only hosts, of which the site without a path has the name.
    """
    begun = () if "/" in name else runs(database, run_query([name], None, None), {"_id": 1}, 1)
    return _has_articles(database, name) or any(begun)

"""Which stored site is meant by what a user typed; who names one that is not known is told those that are."""

from collections.abc import Sequence
from difflib import get_close_matches

from pymongo.database import Database
from scrapy.exceptions import UsageError

from crawler.changes import Document
from crawler.site_record import SiteRecord
from crawler.start_urls import start_url
from crawler.storage.site_list import SiteList
from crawler.urls import site_id

_ALIKE = 0.8
"""Names that share no more than their last part (``.example``) are less alike than that."""

_NAMED = 10
"""Sites that are named where none is like the one that was asked for."""


def known_sites(sites: SiteList, urls: Sequence[str], consequence: str = "") -> list[SiteRecord]:
    """The sites of these URLs. Raises UsageError if one is not known, naming those that look like it."""
    names = [site_id(url) for url in urls]
    found = sites.find(names)
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
    articles, sites = database["articles"], SiteList(database)
    if articles.find_one({"site": name}, {"_id": 1}):
        return name
    if record := sites.find([name]).get(name):
        return record.id
    raise UsageError(not_known(name, sorted({*sites.names(), *articles.distinct("site")})), print_help=False)

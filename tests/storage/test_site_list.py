"""The list of sites."""

from collections.abc import Sequence
from typing import Any

from pymongo.database import Database

from crawler.site_record import SiteRecord
from crawler.start_urls import AnyScheme, start_url
from crawler.storage.site_list import AT_ONCE, Addition, SiteList

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE

Blocking = Database[dict[str, Any]]
OTHER = "https://www.other.example/blog/"


def test_sites_are_listed_and_due_at_once(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    added = sites.add([OTHER, f"{HOME}/", f"http://www.{SITE}/"], NOW)
    assert added == [Addition(OTHER, "other.example/blog", False), Addition(f"{HOME}/", SITE, False)]
    assert [site.id for site in sites.listed()] == [SITE, "other.example/blog"]
    assert blocking_database["sites"].find_one({"_id": SITE}) == {
        "_id": SITE, "url": f"{HOME}/", "listed": True, "added_at": NOW, "next_due_at": NOW,
    }  # fmt: skip


def test_a_site_that_is_there_stays_as_it_is(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    sites.add([f"{HOME}/"], NOW)
    before = list(blocking_database["sites"].find())
    assert sites.add([f"http://{SITE}/"], LATER) == [Addition(f"http://{SITE}/", SITE, True)]
    assert list(blocking_database["sites"].find()) == before


def test_an_alias_of_a_listed_site_is_that_site(blocking_database: Blocking) -> None:
    blocking_database["sites"].insert_one({"_id": SITE, "listed": True, "aliases": ["old.example"]})
    assert SiteList(blocking_database).add(["https://old.example/"], NOW) == [
        Addition("https://old.example/", SITE, True)
    ]
    assert SiteList(blocking_database).names() == [SITE]


def test_an_alias_of_a_known_site_puts_that_site_on_the_list(blocking_database: Blocking) -> None:
    blocking_database["sites"].insert_one({"_id": SITE, "listed": False, "aliases": ["old.example"]})
    added = SiteList(blocking_database).add(["https://old.example/"], NOW)
    assert added == [Addition("https://old.example/", SITE, False)]
    [site] = SiteList(blocking_database).listed()
    assert (site.id, site.added_at, site.next_due_at) == (SITE, NOW, NOW)


def test_what_was_learned_of_a_removed_site_is_kept_for_when_it_comes_back(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    crawled = {"_id": SITE, "listed": True, "url": f"{HOME}/", "checked_at": NOW, "cursor": {"modified": NOW}}
    blocking_database["sites"].insert_one(crawled)
    sites.remove([SITE])
    assert blocking_database["sites"].find_one() == crawled | {"listed": False}
    assert list(sites.listed()) == []
    sites.add([f"{HOME}/"], LATER)
    assert blocking_database["sites"].find_one() == crawled | {"added_at": LATER, "next_due_at": LATER}


def test_of_a_site_that_was_never_crawled_nothing_is_kept(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    sites.add([f"{HOME}/", OTHER], NOW)
    sites.remove([SITE, "never.example"])
    assert sites.names() == ["other.example/blog"]


def test_which_are_due(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    sites.add([f"{HOME}/"], LATER)
    sites.add([OTHER], NOW)
    sites.add(["https://later.example/"], MUCH_LATER)
    assert [site.id for site in sites.listed(LATER)] == ["other.example/blog", SITE]


def test_sites_are_found_by_id_and_alias(blocking_database: Blocking) -> None:
    blocking_database["sites"].insert_many([{"_id": SITE, "aliases": ["old.example"]}, {"_id": "b.example"}])
    found = SiteList(blocking_database).find([SITE, "old.example", "unknown.example"])
    assert {name: record.id for name, record in found.items()} == {SITE: SITE, "old.example": SITE}


MANY = [f"https://paper-{number}.example/" for number in range(2 * AT_ONCE + 1)]
NAMES = [f"paper-{number}.example" for number in range(2 * AT_ONCE + 1)]


def test_what_was_added_without_a_scheme_is_known_to_be(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    sites.add([start_url("a.example"), start_url("https://b.example")], NOW)
    assert [(one["_id"], one["url"], one.get("any_scheme")) for one in blocking_database["sites"].find()] == [
        ("a.example", "https://a.example/", True), ("b.example", "https://b.example/", None),
    ]  # fmt: skip
    assert [(url, type(url)) for _, url in sites.due(NOW)] == [
        ("https://a.example/", AnyScheme), ("https://b.example/", str),
    ]  # fmt: skip
    blocking_database["sites"].update_one({"_id": "a.example"}, {"$set": {"checked_at": NOW}})
    sites.remove(["a.example"])
    sites.add([start_url("https://a.example")], NOW)
    assert "any_scheme" not in (blocking_database["sites"].find_one({"_id": "a.example"}) or {})


def test_many_sites_are_added_found_and_removed_in_batches(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    assert sites.add(MANY, NOW) == [Addition(*pair, False) for pair in zip(MANY, NAMES, strict=True)]
    assert sites.add(MANY, LATER) == [Addition(*pair, True) for pair in zip(MANY, NAMES, strict=True)]
    assert list(sites.find([*NAMES, "unknown.example"])) == NAMES
    sites.remove(NAMES[1:])
    assert sites.names() == NAMES[:1]


def test_sites_of_which_there_are_articles_alone_are_known_too(blocking_database: Blocking) -> None:
    sites = SiteList(blocking_database)
    sites.add([f"{HOME}/"], NOW)
    blocking_database["articles"].insert_many(
        [{"site": name} for name in ("z.example", SITE, "a.example", "a.example")]
    )
    blocking_database["articles"].insert_one({"url": "https://nowhere.example/"})
    every = sorted(["a.example", SITE, "z.example"])
    assert sites.names() == [one.id for one in sites.all()] == every
    assert [one.id for one in sites.all([SITE, "z.example", "c.example"])] == sorted([SITE, "z.example"])


def test_articles_of_many_sites_are_counted(blocking_database: Blocking) -> None:
    blocking_database["articles"].insert_many([{"site": name} for name in [*NAMES, NAMES[0], "unknown.example"]])
    assert SiteList(blocking_database).count_articles(NAMES) == len(NAMES) + 1


def test_a_site_that_a_crawl_writes_of_meanwhile_is_listed_all_the_same(blocking_database: Blocking) -> None:
    class Late(SiteList):
        def find(self, names: Sequence[str]) -> dict[str, SiteRecord]:
            found = super().find(names)
            blocking_database["sites"].insert_one({"_id": SITE, "listed": False, "checked_at": NOW})
            return found

    assert Late(blocking_database).add([f"{HOME}/", OTHER], LATER) == [
        Addition(f"{HOME}/", SITE, False), Addition(OTHER, "other.example/blog", False),
    ]  # fmt: skip
    added = {"listed": True, "added_at": LATER, "next_due_at": LATER}
    assert list(blocking_database["sites"].find().sort("_id", 1)) == [
        {"_id": SITE, "url": f"{HOME}/", "checked_at": NOW} | added,
        {"_id": "other.example/blog", "url": OTHER} | added,
    ]

"""Whose turn it is."""

from crawler.site_record import SiteRecord
from crawler.turns import Room, turns


def sites(names: str) -> list[SiteRecord]:
    return [SiteRecord(id=name) for name in names]


def chosen(pushed: str, due: str, under_way: str = "", most: int = 3) -> str:
    room = Room(most, len(under_way))
    return "".join(site.id for site in turns(sites(pushed), sites(due), set(under_way), room))


def test_those_that_told_of_something_come_first() -> None:
    assert chosen("ab", "cab") == "abc"
    assert chosen("", "abcd") == "abc"


def test_those_under_way_are_left_out() -> None:
    assert chosen("ab", "bcd", under_way="a") == "bc"


def test_polling_waits_for_room_and_pushes_have_room_of_their_own() -> None:
    assert chosen("xy", "de", under_way="abc") == "xy"
    assert chosen("vwxyz", "", under_way="abc") == "vwx"
    assert chosen("z", "d", under_way="abcvwx") == ""
    assert chosen("x", "d", under_way="ab") == "x"

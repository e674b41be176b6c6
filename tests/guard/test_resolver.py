"""What a name leads to is looked at after it is resolved, each time."""

from typing import Any

import pytest
from scrapy.resolver import dnscache
from scrapy.settings import Settings
from twisted.internet.base import ThreadedResolver
from twisted.internet.defer import succeed
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.guard import resolver as guard
from crawler.guard.resolver import named_in
from tests.hostile.resolver import TableResolver


def resolver(**table: list[str]) -> TableResolver:
    made = TableResolver(None, 0, 10)  # type: ignore[arg-type]  # a reactor, which a table does not need
    made.table = {f"{name}.example": answers for name, answers in table.items()}
    return made


def answer(of: TableResolver, name: str) -> Any:
    """The address, or the error."""
    told: list[Any] = []
    of.getHostByName(f"{name}.example").addBoth(told.append)
    return told[0].value if isinstance(told[0], Failure) else told[0]


def test_a_public_address_is_an_answer() -> None:
    assert answer(resolver(news=["93.184.216.34"]), "news") == "93.184.216.34"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0"])
def test_one_that_is_not_public_is_none(address: str) -> None:
    asked = resolver(news=[address])
    assert isinstance(answer(asked, "news"), DNSLookupError)
    assert asked.refused("news.example") == address


def test_a_named_host_may_lead_inside() -> None:
    asked = resolver(intranet=["10.1.2.3"])
    asked.named.add("http://intranet.example:8080/")
    assert answer(asked, "intranet") == "10.1.2.3"
    assert asked.refused("intranet.example") is None


def test_a_name_that_turns_is_refused_even_if_it_was_named() -> None:
    asked = resolver(news=["93.184.216.34", "127.0.0.1", "93.184.216.34"])
    asked.named.add("https://news.example/")
    assert answer(asked, "news") == "93.184.216.34"
    assert isinstance(answer(asked, "news"), DNSLookupError)
    assert asked.refused("news.example") == "127.0.0.1"
    assert answer(asked, "news") == "93.184.216.34"
    assert asked.refused("news.example") is None


def test_a_name_that_is_not_there_was_not_refused() -> None:
    asked = resolver()
    assert isinstance(answer(asked, "nowhere"), DNSLookupError)
    assert asked.refused("nowhere.example") is None


def test_an_answer_is_not_believed_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.216.34", "93.184.216.35"])
    monkeypatch.setattr(ThreadedResolver, "getHostByName", lambda *_: succeed(next(answers)))
    told: list[str] = []
    try:
        moving = guard.GuardedResolver(None, 100, 10.0)  # type: ignore[arg-type]  # a reactor, which is not asked
        for clock in (1000.0, 1599.0, 1600.0, 1700.0):
            monkeypatch.setattr(guard, "monotonic", lambda now=clock: now)
            moving.getHostByName("news.example").addCallback(told.append)
    finally:
        dnscache.clear()
    assert told == ["93.184.216.34"] * 2 + ["93.184.216.35"] * 2


def test_what_settings_and_environment_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:secret@proxy.example:3128")
    monkeypatch.setenv("no_proxy", "localhost")
    api, told = "http://127.0.0.1:8080/rest", ["intranet.example", "10.0.0.7:8080", "https://hub.example:8443/x"]
    named = named_in(Settings({"NAMED_HOSTS": told, "WPCOM_API": api}))
    places = [("127.0.0.1", 8080), ("proxy.example", 3128), ("intranet.example", 443), ("10.0.0.7", 8080)]
    assert all(named.has(*place) for place in [*places, ("hub.example", 8443)])
    assert not named.has("localhost", 80)

"""What a run did at each site."""

from collections import Counter

from crawler.ledger import Account, Ledger


def under_way(ledger: Ledger, *sites: str) -> None:
    """Something is asked of these, one after the other."""
    for site in sites:
        ledger.of(site).requests += 1


def test_a_site_that_turns_out_to_be_another_keeps_its_counts() -> None:
    ledger = Ledger()
    ledger.of("old.example").requests = 2
    ledger.of("new.example").requests = 1
    ledger.of("new.example").changes["added"] = 3
    ledger.adopt("old.example", "new.example")
    ledger.adopt("new.example", "new.example")
    ledger.adopt("unknown.example", "new.example")
    assert ledger.accounts() == {"new.example": Account(requests=3, changes=Counter(added=3))}
    assert ledger.of("new.example").stored == 3


def test_the_latest_are_those_under_way() -> None:
    ledger = Ledger()
    ledger.of("waits.example")
    under_way(ledger, "a", "b", "c", "d")
    ledger.of("d").outcome = "done"
    assert list(ledger.latest(2)) == ["c", "b"]
    assert list(ledger.latest(9)) == ["c", "b", "a"]
    assert ledger.latest(0) == {}


def test_rows_stay_in_their_places_while_they_are_among_twice_as_many() -> None:
    ledger = Ledger()
    under_way(ledger, "a", "b", "c", "d")
    assert list(ledger.latest(2, ["c", "b"])) == ["c", "b"]
    under_way(ledger, "b", "e")
    assert list(ledger.latest(2, ["c", "b"])) == ["c", "b"]
    under_way(ledger, "d", "a")
    assert list(ledger.latest(2, ["c", "b"])) == ["b", "a"]
    ledger.of("b").outcome = "blocked"
    assert list(ledger.latest(2, ["b", "a"])) == ["a", "d"]


def test_it_does_not_grow_with_the_sites() -> None:
    ledger = Ledger(most=2)
    under_way(ledger, "a", "b", "a", "c", "a")
    assert list(ledger.accounts()) == ["c", "a"]
    assert (ledger.forgotten, "b" in ledger, ledger.of("a").requests) == (1, False, 3)

"""Whom we ask because a feed says so."""

import pytest

from crawler.push.reach import may_be_asked

OPEN, OWN = ["93.184.216.34"], ["10.0.0.7"]


@pytest.mark.parametrize(
    ("hub", "site", "asked"),
    [
        (OPEN, OPEN, True),
        (["2606:4700::1111"], OPEN, True),
        (OPEN, OWN, True),
        (OWN, OWN, True),
        (["127.0.0.1"], ["127.0.0.1"], True),
        (["127.0.0.1"], OPEN, False),
        (["169.254.169.254"], OPEN, False),
        (["::1"], OPEN, False),
        (["::ffff:10.0.0.7"], OPEN, False),
        ([*OPEN, *OWN], OPEN, False),  # one name, two addresses: who knows which is taken
        (OWN, [*OPEN, *OWN], False),
        (OWN, [], False),
        ([], OPEN, False),
        (["what"], OPEN, False),
        (["fe80::1%eth0"], OPEN, False),
    ],
)
def test_nobody_is_led_into_a_network_of_ours(hub: list[str], site: list[str], asked: bool) -> None:
    assert may_be_asked(hub, site) is asked

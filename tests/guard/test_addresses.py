"""Which addresses are public, and which hosts are addresses."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard.addresses import is_public, literal_address

INSIDE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.51.100.1"),
    *("203.0.113.1", "198.18.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "fe80::1", "fe80::1%eth0"),
    *("fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1"),
    *("", "localhost", "news.example", "1.2.3", "999.1.1.1"),
]
OUTSIDE = [
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1"),
    *("223.255.255.255", "2606:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:1.1.1.1", "64:ff9b::101:101"),
    *("2002:101:101::1",),
]


@pytest.mark.parametrize("address", INSIDE)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public(address: str) -> None:
    assert is_public(address)


_PRIVATE = st.sampled_from(["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16", "100.64.0.0/10"])


@given(_PRIVATE.flatmap(lambda net: st.ip_addresses(v=4, network=ip_network(net))))
def test_a_private_address_is_not_public_in_any_disguise(address: IPv4Address) -> None:
    number = int(address)
    disguises = [number | 0xFFFF << 32, number | 0x64FF9B << 96, 0x2002 << 112 | number << 80, number]
    assert not any(is_public(str(IPv6Address(disguise))) for disguise in disguises)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0x7F000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("0xa9.0xfe.0xa9.0xfe", "169.254.169.254"),
        ("169。254。169。254", "169.254.169.254"),
        ("①②⑦.0.0.①", "127.0.0.1"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("::ffff:7f00:1", "::ffff:7f00:1"),
        ("93.184.216.34", "93.184.216.34"),
        ("news.example", None),
        ("127.0.0.1.news.example", None),
        ("1.1.1.1.1", None),
        ("256.1.1.1", None),
        ("0x", None),
        ("cafe", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_the_address_that_a_host_is_written_as(host: str, address: str | None) -> None:
    assert literal_address(host) == address


@given(st.text(max_size=40))
def test_any_host(host: str) -> None:
    address = literal_address(host)
    assert address is None or literal_address(address) == address


@given(st.ip_addresses(v=4))
def test_every_way_to_write_an_address(address: IPv4Address) -> None:
    number, parts = int(address), str(address).split(".")
    ways = [str(number), hex(number), oct(number).replace("o", ""), ".".join(hex(int(part)) for part in parts)]
    assert {literal_address(way) for way in ways} == {str(address)}

"""Which IP addresses a crawl may connect to because a site said so. Pure."""

import socket
import unicodedata
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_ALSO_REFUSED_4 = tuple(
    map(
        IPv4Network,
        (
            "192.0.0.0/24",  # protocol assignments, the metadata service of one cloud (192.0.0.192) among them
            "192.88.99.0/24",  # relays of 6to4, which lead into other networks (RFC 7526)
            "168.63.129.16/32",  # the host of every virtual machine of Azure, which serves metadata too
        ),
    )
)
_ALSO_REFUSED_6 = tuple(
    map(
        IPv6Network,
        (
            "::/96",  # "IPv4-compatible", given up (RFC 4291, 2.5.5.1)
            "64:ff9b:1::/48",  # NAT64 of the local network (RFC 8215)
            "3fff::/20",  # documentation (RFC 9637)
            "5f00::/16",  # segment routing (RFC 9602)
        ),
    )
)
"""What ``is_global`` of some of the Pythons that run this takes for public."""

_NAT64 = IPv6Network("64:ff9b::/96")
"""The IPv4 address is in the last 32 bits (RFC 6052)."""

_DOTS = str.maketrans(dict.fromkeys("。．｡", "."))

BAD_PORTS = frozenset(
    {0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
     110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
     532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190,
     5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017}
)  # fmt: skip
"""Ports of other protocols: the "bad ports" of the Fetch standard, and those of widespread databases."""


@lru_cache(8192)
def is_public(address: str) -> bool:
    """Whether an IP address belongs to a machine of the public Internet; False too for what is no address."""
    try:
        return _is_public(ip_address(address))
    except ValueError:
        return False


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not any(address in net for net in _ALSO_REFUSED_4)
    if (inner := _embedded(address)) is not None:
        return _is_public(inner)
    is_special = address.is_multicast or address.is_site_local or any(address in net for net in _ALSO_REFUSED_6)
    return address.is_global and not is_special


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, by NAT64, by 6to4. Teredo's is private to ``ipaddress``."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def literal_address(host: str) -> str | None:
    """The address that a host is written as, in any way that some resolver understands; None for a name.

    ``[::1]``, and of IPv4 the forms of ``inet_aton``: ``127.1``, ``0x7f.1``, ``0177.0.0.1``, ``2130706433``; with any
    digits and dots that IDNA takes for these, and a dot at the end.
    """
    plain = unicodedata.normalize("NFKC", host.translate(_DOTS)).strip("[]").rstrip(".")
    try:
        return str(ip_address(plain))
    except ValueError:
        pass
    if not plain[-1:].isalnum() or not plain.isascii() or any(char.isspace() for char in plain):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(plain))
    except OSError:
        return None

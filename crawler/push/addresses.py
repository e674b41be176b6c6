"""Who sent a request: the address of the connection, or what a trusted proxy says of it."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def networks(names: Sequence[str]) -> tuple[Network, ...]:
    """``127.0.0.1``, ``10.0.0.0/8`` … Raises ValueError for anything else."""
    return tuple(ip_network(name.strip()) for name in names)


def sender(peer: str, forwarded_for: Sequence[str], trusted: Sequence[Network]) -> str:
    """The address to hold responsible.

    ``forwarded_for``: the X-Forwarded-For headers in order. Each proxy appends whom it heard from, so the list is read
    from its end for as long as those who wrote it are trusted; what stands further left anyone may have invented.
    """
    said = [part.strip() for header in forwarded_for for part in header.split(",")]
    address = peer
    while said and _is_in(address, trusted):
        further = said.pop()
        if not _is_address(further):
            break
        address = further
    return address


def limited_as(address: str) -> str:
    """What is limited together: one IPv4 address, or a /64 of IPv6, which a single customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)

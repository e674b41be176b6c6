"""Whom we ask: a feed may name any address as its hub, and is not to lead into the network that we run in. Pure."""

from collections.abc import Sequence
from ipaddress import ip_address


def may_be_asked(addresses: Sequence[str], of_site: Sequence[str]) -> bool:
    """Whether a server at these addresses may be asked for the sake of a site at those.

    One in the open may; one in a network of its own only for a site that is in none that is open either. An address
    that is not understood is no open one.
    """
    if not addresses:
        return False
    return all(map(_is_open, addresses)) or (bool(of_site) and not any(map(_is_open, of_site)))


def _is_open(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False

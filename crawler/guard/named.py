"""Which hosts the user named: they may lie where no page may lead, on this machine or in its network. Pure."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True)
class Named:
    """The sites of a run as the user wrote them, and the hosts of its settings.

    A site that is named is crawled where its name leads. But the first answer of a run counts: a name that led to the
    public Internet and then leads inside is being turned against us ("DNS rebinding"). ``www.`` makes no difference.
    """

    _ports: dict[str, set[int]] = field(default_factory=dict)
    """By host: which were named."""
    _inside: dict[str, bool] = field(default_factory=dict)
    """By host: whether its first answer was an address that is not public."""

    def add(self, url: str) -> None:
        """The user named a URL; without a port of its own it is named for http and https."""
        parts = urlsplit(url)
        if parts.hostname:
            ports = {parts.port} if parts.port else set(_PORTS.values())
            self._ports.setdefault(_bare(parts.hostname), set()).update(ports)

    def has(self, host: str, port: int) -> bool:
        """Whether exactly this was named."""
        return port in self._ports.get(_bare(host), ())

    def is_inside(self, host: str) -> bool:
        """Whether a named host is known to lead inside."""
        return self._inside.get(_bare(host), False)

    def may_lead(self, host: str, *, inside: bool) -> bool:
        """Whether the name may have this answer, which is remembered if it is the first."""
        name = _bare(host)
        if name not in self._ports:
            return not inside
        return self._inside.setdefault(name, inside) or not inside


def place_of(url: str) -> tuple[str, int]:
    """The host and the port that a URL leads to. Raises ValueError for a broken one."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")

"""Whether the pages of one site are opened in a browser, and what has come of it so far. Pure."""

from dataclasses import dataclass, field

MOST_USELESS = 10
"""Pages in a row of which a browser made nothing: then there is nothing to be had by it."""

_ENOUGH = 3
"""Pages that needed a browser and were read in it: then the others are not looked at without it first."""


@dataclass(slots=True)
class Scripts:
    """Of one site in one run."""

    told: bool | None = None
    """What the user said: ``-a browser=``."""
    is_known: bool = False
    """Whether the site was found to need it: by an earlier crawl, or by now."""
    why: str | None = None
    """Of the first page that needed it."""
    looked: int = 0
    """Pages that were looked at as they came."""
    needed: int = 0
    """Of these, that are empty until scripts run."""
    helped: int = 0
    """Pages that a browser opened, and that were not empty any more."""
    useless: int = 0
    """Pages in a row of which it made nothing."""

    unread: dict[str, str] = field(default_factory=dict)
    """The first page of the site, and why it could not be read, if so."""

    @property
    def is_given_up(self) -> bool:
        """Whether a browser is of no use here."""
        return self.useless >= MOST_USELESS and self.told is not True

    @property
    def goes_straight(self) -> bool:
        """Whether pages need not be looked at before they are opened in a browser."""
        return self.told is not False and not self.is_given_up and (bool(self.told) or self.is_known)

    def wants(self, why: str | None) -> bool:
        """Whether a page that came as it is is opened in a browser; ``why`` it needs one, if it does."""
        self.looked += 1
        if why is not None:
            self.needed += 1
            self.why = self.why or why
        return self.goes_straight or (why is not None and self.told is not False and not self.is_given_up)

    def opened(self, *, is_empty: bool) -> None:
        """A page was opened in a browser; ``is_empty``: there is nothing on it all the same."""
        self.useless = self.useless + 1 if is_empty else 0
        self.helped += not is_empty
        if self.why is not None and self.helped >= _ENOUGH and self.needed * 2 > self.looked:
            self.is_known = True

    def failed(self) -> None:
        """A page was given up in the browser."""
        self.useless += 1

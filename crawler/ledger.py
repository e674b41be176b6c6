"""What a run did at each site so far: for the display and the closing table. Pure."""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

MOST_SITES = 10_000
"""Whose accounts are kept: a few megabytes. Those that nothing happened with for the longest time go first."""


@dataclass(slots=True)
class Account:
    """One site, in one run."""

    requests: int = 0
    found: int = 0
    """Posts that were read."""
    errors: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """What became of its articles (``items.ChangeKind``); named by the site and stored as it is: unchanged."""
    outcome: str | None = None
    """How its crawl ended, in a word for people; None while it goes on."""

    @property
    def stored(self) -> int:
        """Articles of which the database says what the site says."""
        return self.changes.total()

    @property
    def is_under_way(self) -> bool:
        """Whether it was asked something and is not done."""
        return self.outcome is None and self.requests > 0

    def add(self, other: "Account") -> None:
        """Take over what was counted under another name."""
        self.requests += other.requests
        self.found += other.found
        self.errors += other.errors
        self.changes += other.changes


class Ledger:
    """The accounts of a run, by the names of sites (``urls.site_id``)."""

    def __init__(self, most: int = MOST_SITES) -> None:
        self._most = most
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self.forgotten = 0
        """Accounts that are not kept any more."""

    def __contains__(self, site: str) -> bool:
        return site in self._accounts

    def of(self, site: str) -> Account:
        """The account of a site with which something happens now."""
        account = self._accounts.setdefault(site, Account())
        self._accounts.move_to_end(site)
        if len(self._accounts) > self._most:
            self._accounts.popitem(last=False)
            self.forgotten += 1
        return account

    def adopt(self, former: str, site: str) -> None:
        """What was asked under one name turned out to be a site with another one."""
        if former != site and former in self._accounts:
            self.of(site).add(self._accounts.pop(former))

    def accounts(self) -> dict[str, Account]:
        """Of every site, the one with which something happened last at the end."""
        return dict(self._accounts)

    def latest(self, most: int, before: Sequence[str] = ()) -> dict[str, Account]:
        """The sites that are being crawled and with which something happened last, as many as that.

        Those of ``before`` stay in their places while they are among twice as many.
        """
        active = (site for site, account in reversed(self._accounts.items()) if account.is_under_way)
        found = list(islice(active, 2 * most))
        kept = [site for site in before if site in found][:most]
        others = [site for site in found if site not in kept]
        return {site: self._accounts[site] for site in [*kept, *others[: most - len(kept)]]}

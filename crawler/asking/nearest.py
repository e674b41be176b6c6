"""Names that are like one that nothing has. Pure."""

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import chain, islice

_MOST = 3
_ALIKE = 0.7
_COMPARED = 5_000
"""Names that are compared letter by letter, which takes a while: the first ones."""


def nearest(name: str, names: Sequence[str]) -> list[str]:
    """At most three of the names: in other letters, containing it or contained in it, nearly the same."""
    wanted = name.casefold()
    folded = {known: known.casefold() for known in names}
    same = (known for known in names if folded[known] == wanted)
    parts = (known for known in names if wanted and (wanted in folded[known] or folded[known] in wanted))
    compared = {folded[known]: known for known in names[:_COMPARED]}
    alike = (compared[found] for found in get_close_matches(wanted, compared, cutoff=_ALIKE))
    return list(islice(dict.fromkeys(chain(same, parts, alike)), _MOST))

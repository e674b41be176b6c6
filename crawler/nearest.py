"""What somebody may have meant who misspelt a name. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str], form: str = "{}", alike: float = 0.6) -> str:
    """The end of a sentence that names what is most like it, as ``form`` writes names; nothing, if nothing is."""
    close = get_close_matches(name, list(known), n=1, cutoff=alike)
    return f"; did you mean {form.format(close[0])}?" if close else ""

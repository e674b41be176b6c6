"""What may reach a terminal. Pure."""

import re

_NOT_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067]")
"""Control characters but for tab and newline: those of C1 are commands, too (U+009B is ``ESC [``), and a carriage
return writes over what stands before it. Marks that turn the direction of what follows show a text as another one;
U+2068 and U+2069 (see ``table``) only keep it apart."""


def printable(text: str) -> str:
    """A text without what a terminal would obey instead of showing it: each such character is a ``�``."""
    return _NOT_PRINTED.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """The same with all white space as single spaces: for a cell of a table."""
    return " ".join(printable(" ".join(text.split())).split())

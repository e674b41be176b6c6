"""The words of ``--search``: what each article has to say, as a query of MongoDB. Pure functions.

Nothing of what was typed becomes an operator: it is a value of ``$text`` or an escaped regular expression.
"""

import re
import unicodedata
from typing import Any

Query = dict[str, Any]

LONGEST = 500
"""Characters of a search: MongoDB refuses expressions of 32 KB, and nobody types a tenth of this."""

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def terms_of(text: str) -> tuple[str, ...]:
    """Words, and phrases where there are quotes around them, each once. Raises ValueError, in words, for none."""
    if len(text) > LONGEST:
        raise ValueError(f"{len(text):,} characters are too many to search for; at most {LONGEST} can be")
    clean = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))  # as the stored texts are
    found = [" ".join((phrase or word).split()) for phrase, word in _TERM.findall(clean)]
    terms = tuple(dict.fromkeys(term for term in found if re.search(r"\w", term)))
    if not terms:
        raise ValueError(
            f"{text!r} has no word to search for; write words, and a phrase in quotes: 'bridge \"old mill\"'"
        )
    return terms


def by_text_index(terms: tuple[str, ...]) -> Query:
    """For a server with the text index: each term as a phrase, because of bare words ``$text`` wants only one."""
    return {"$text": {"$search": " ".join(f'"{_unescaped(term)}"' for term in terms)}}


def by_expression(terms: tuple[str, ...]) -> Query:
    """For a server without: each term, as a part of the title or of the text."""
    return {"$and": [{"$or": [{field: _containing(term)} for field in ("title", "text")]} for term in terms]}


def _containing(term: str) -> Query:
    return {"$regex": r"\s+".join(map(re.escape, term.split())), "$options": "i"}


def _unescaped(term: str) -> str:
    return term.replace("\\", " ")  # it would escape the quote that ends the phrase

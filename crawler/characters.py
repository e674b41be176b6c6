"""The characters of a text as an array of code points, and what each of them is: for who looks at every character.

Needs numpy (0.13 s to load). What a character is is looked up once; afterwards a text takes a microsecond for each
hundred of them.
"""

import re
import sys
import unicodedata

import numpy as np
from numpy.typing import NDArray

from crawler.normalisation import compatible
from crawler.reading.text import SPACELESS

Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint8]

LETTER, _UNDERSCORE, DECIMAL, DENSE, LEFT_OUT, _PLAIN, _KNOWN = (1 << bit for bit in range(7))
"""``LETTER``: a letter or a digit, as the re module has it; ``DECIMAL``: a digit; ``DENSE``: of a script without
spaces; ``LEFT_OUT``: what sites write or leave out, vowel signs, accents that stand alone, soft hyphens, joiners."""

SPACE = np.uint32(ord(" "))

_DENSE = re.compile(f"[{SPACELESS}]")
_JOINING_JAMO = range(0x1160, 0x1200)
_UTF_32 = f"utf-32-{sys.byteorder[0]}e"

_KINDS = np.zeros(sys.maxunicode + 1, np.uint8)
_FOLDED = np.zeros(sys.maxunicode + 1, np.uint32)
"""Only the parts of the tables with characters that have come take memory."""


def words_of(text: str) -> str:
    """The words of a text in its compatible form (``\\w+`` of the re module), in small letters, a space between."""
    codes, are = folded(text)
    are_words = (are & (LETTER | _UNDERSCORE)) != 0
    kept = are_words.copy()
    kept[1:] |= are_words[:-1]  # and what ends a word, as a space
    return as_text(np.where(are_words, codes, SPACE)[kept]).rstrip(" ")


def folded(text: str) -> tuple[Codes, Kinds]:
    """The code points of a text in its compatible form (``normalisation.compatible``), in small letters, and what each
    of these is: bits.
    """
    codes = _codes(text)
    are = _kinds(codes)
    if np.all(are & _PLAIN):
        return _FOLDED.take(codes), are  # a small letter is nothing else than its capital
    codes = _codes(compatible(text).casefold())
    return codes, _kinds(codes)


def _kinds(codes: Codes) -> Kinds:
    found = _KINDS.take(codes)
    if not found.all():
        for code in set(codes[found == 0].tolist()):
            _KINDS[code], _FOLDED[code] = _kind(chr(code)), ord(chr(code).casefold()[0])
        found = _KINDS.take(codes)
    return found


def as_text(codes: Codes) -> str:
    """The text of which these are the code points."""
    return codes.tobytes().decode(_UTF_32, "surrogatepass")


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode(_UTF_32, "surrogatepass"), np.uint32)


def _kind(character: str) -> int:
    category = unicodedata.category(character)
    told = {
        LETTER: character.isalnum(),
        _UNDERSCORE: character == "_",
        DECIMAL: character.isdecimal(),
        DENSE: bool(_DENSE.match(character)),
        LEFT_OUT: not character.isascii() and category in {"Mn", "Mc", "Cf"},
        _PLAIN: _is_plain(character, category),
    }
    return _KNOWN | sum(bit for bit, holds in told.items() if holds)


def _is_plain(character: str, category: str) -> bool:
    """Whether it is its own compatible form whatever stands beside it, and has one small letter."""
    joins = category[0] == "M" or ord(character) in _JOINING_JAMO
    return not joins and unicodedata.normalize("NFKC", character) == character and len(character.casefold()) == 1

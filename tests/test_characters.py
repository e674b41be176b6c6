"""What a table says of characters is what regular expressions and Unicode's data say of them."""

import re
import unicodedata
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from crawler.characters import as_text, folded, words_of
from crawler.normalisation import compatible
from crawler.reading.text import SPACELESS
from crawler.resemblance.shingles import tokens

_PARTS = (
    "The", "cafe\u0301", "\u00adsoft", "ﬁne", "ΣΊΣΥΦΟΣ", "İ", "under_score", "12", "٣", "ไทย", "語", "한", "ᅡ", "\ud800",
    " ", "“a”",
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(_PARTS)).map("".join))
_LEFT_OUT = {"Mn", "Mc", "Cf"}
_TOKEN = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")


def every_character() -> Iterator[str]:
    """Of the planes that have letters, in texts of many: apart, and between a letter and a mark."""
    for start in range(0, 0x20000, 997):
        characters = [chr(code) for code in range(start, start + 997)]
        yield " ".join(characters)
        yield "".join(f"e{character}\u0301 " for character in characters)


def spelled(text: str) -> str:
    """Without what sites write or leave out."""
    return "".join(c for c in text if c.isascii() or unicodedata.category(c) not in _LEFT_OUT)


@given(TEXTS)
def test_words_are_those_of_the_re_module(text: str) -> None:
    assert words_of(text) == " ".join(re.findall(r"\w+", compatible(text).casefold()))


@given(TEXTS)
def test_tokens_are_letters_and_digits_or_single_characters_of_scripts_without_spaces(text: str) -> None:
    told = tokens(text)
    found = _TOKEN.findall(spelled(compatible(text).casefold()))
    assert [word.decode() for word in told.words] == found
    assert told.widths.tolist() == [1 if re.match(f"[{SPACELESS}]", word) else 2 for word in found]
    assert told.numbers.tolist() == [word[0].isdecimal() for word in found]


def test_every_character_is_folded_as_unicode_has_it() -> None:
    for text in every_character():
        assert as_text(folded(text)[0]) == compatible(text).casefold()


def test_a_small_letter_is_told_to_be_what_its_capital_is() -> None:
    """The table is asked once, of the letters as they are written."""
    capitals = [character for code in range(0x20000) if (character := chr(code)) != character.casefold()]
    for written in capitals:
        assert folded(written)[1].tolist() == folded(as_text(folded(written)[0]))[1].tolist()


def test_what_composes_with_the_character_before_is_composed() -> None:
    """All that does, by Unicode's data of this Python; after a first look at it alone."""
    parts = (unicodedata.decomposition(chr(code)).split() for code in range(0x110000))
    pairs = [(chr(int(two[0], 16)), chr(int(two[1], 16))) for two in parts if len(two) == 2 and two[0][0] != "<"]
    for first, second in [*pairs, ("\u1100", "\u1161"), ("\uac00", "\u11a8")]:
        assert as_text(folded(second)[0]) == compatible(second).casefold()
        assert as_text(folded(first + second)[0]) == compatible(first + second).casefold()

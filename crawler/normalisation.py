"""Unicode normalisation of texts that anybody may have written."""

import re
import unicodedata
from functools import cache

_NEAR_MARKS = re.compile("[\u0300-\u2fff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7a4-\U0001ffff]{31}")
"""What has many combining marks on one character has so many characters of the ranges that marks are in; ordinary text
has not, and is told so forty times as fast as by a class of all marks."""


def compatible(text: str) -> str:
    """NFKC, in linear time: of marks that follow each other, which it sorts, only the first 30 are left."""
    if text.isascii():
        return text
    bounded = _many_marks().sub(r"\1", text) if _NEAR_MARKS.search(text) else text
    return unicodedata.normalize("NFKC", bounded)


@cache
def _many_marks() -> re.Pattern[str]:
    """More combining marks on one character than any language has (UAX 15, 13, Stream-Safe Text Process).

    Few texts need it, and looking all marks up takes 40 ms.
    """
    mark = "[" + "".join(chr(code) for code in range(0x20000) if unicodedata.combining(chr(code))) + "]"
    return re.compile(f"({mark}{{30}}){mark}+")

"""Unicode normalisation of texts that anybody may have written."""

import re
import unicodedata

_MARK = "[" + "".join(chr(code) for code in range(0x20000) if unicodedata.combining(chr(code))) + "]"
_MANY_MARKS = re.compile(f"({_MARK}{{30}}){_MARK}+")
"""More combining marks on one character than any language has (UAX 15, 13, Stream-Safe Text Process)."""


def compatible(text: str) -> str:
    """NFKC, in linear time: of marks that follow each other, which it sorts, only the first 30 are left."""
    return text if text.isascii() else unicodedata.normalize("NFKC", _MANY_MARKS.sub(r"\1", text))

"""Names of people out of bylines: "Posted by Jane Doe and John Roe, Staff Writers" is two names."""

import re

from crawler.reading.bylines import (
    BY,
    BY_OR_NAME,
    DESK_ENDS,
    DESKS,
    LABELS,
    NO_NAMES,
    NOT_IN_NAMES,
    PARTICLES,
    ROLES,
    WRITTEN_BY,
)
from crawler.remember import remembered

MAX_NAME = 60
"""Characters; what is longer is a sentence."""

_AFTER_BY = r"(?:\s*[:：|–—-]\s*|,?\s+|(?=[^\x00-\x7f]))"
_BY = re.compile(rf"(?:{'|'.join(BY)}){_AFTER_BY}", re.IGNORECASE)
_ENDS_AS_BY = re.compile(rf"(?:^|[\s|·•,–—-])(?:{'|'.join(WRITTEN_BY)})\s*[:：]?\s*$", re.IGNORECASE)
_BY_OR_NAME = re.compile(rf"(?P<by>{'|'.join(BY_OR_NAME)})(?:(?P<colon>\s*:\s*)|\s+)(?P<rest>.+)", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{'|'.join(LABELS)})\s+", re.IGNORECASE)
_ROLE = re.compile(rf"\b(?:{'|'.join(ROLES)})\b\.?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:[,/、，]|\s&\s|\+|\s(?:and|und|et|y|e|og|och|en|ve|и|та|with)\s)\s*(?:and\s+|und\s+)?", re.IGNORECASE
)
_BETWEEN_FOR_CERTAIN = re.compile(r"\s*[;|•·\n]\s*")
_MIDDLE_BY = re.compile(
    r"^(?:[^\W\d_]+|[^,]{0,40}\d.{0,40}?)\s+(?:posted\s+|written\s+)?by\s+(?=[^\W\d_])", re.IGNORECASE
)
"""What precedes "by" in such a line: a single word, or a date."""
_FILED_BY = re.compile(r"(?:posted|filed|published)\s+(?:in|under)\s.{1,80}?\sby\s+(?=[^\W\d_])", re.IGNORECASE)
"""And the categories, where a theme prints them first."""
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TAIL = re.compile(
    rf"""\s*(?:[,|•·–—-]\s*)?
    (?: \b(?:ver[öo]ffentlicht|published|posted|updated|publicado|publi[ée]|am)\b
      | \s[Ii]n\s[A-Z]\w+$
      | (?:\bon\s+)?(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*)?
        (?:(?:\b|(?<=[a-z])(?=[A-Z])){_MONTH}\s+\d{{1,2}}\b | \b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}
          | \b\d{{1,2}}\.?\s+[^\W\d_]{{3,9}}\.?\s+\d{{4}} | \b\d{{4}}[-./年] )
    ).*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What follows a name in a line of meta data: "on October 20, 2025 at …"."""
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|(?<=\w)\s@\w{1,64}")
"""A mailbox, or the handle that follows a name."""
_NO_NAME = re.compile(
    r"https?:|www\.|@\w|\d{4}|^\d+$|\d:\d|\d+\s*(?:min|comment|view|share|post|artikel|article|beitr)"
    r"|\b(?:minutes?|read time|written by|posts by|view all|more from|comments?|ago)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """The names in a byline, in order; empty if it holds none."""
    return list(_names_in(text))


@remembered(2048)
def _names_in(text: str) -> tuple[str, ...]:
    text = " ".join(text[:1000].replace("\u200b", "").split())
    text = _MAILBOX.sub(" ", text)
    filed = _FILED_BY.match(text)
    text = text[filed.end() :] if filed else _MIDDLE_BY.sub("", _without_by(text))
    text = _TAIL.sub("", _TAIL.sub("", text))  # "In Town" may stand before the date
    found = [name for part in _BETWEEN_FOR_CERTAIN.split(text) for name in _split(part)]
    return tuple(dict.fromkeys(name for name in map(_tidy, found) if is_name(name)))


def starts_as_byline(text: str) -> bool:
    """Whether a text begins with "By", "Von", "Автор:", "Posted in News by" …"""
    return _FILED_BY.match(text) is not None or _BY.match(text) is not None or _BY_OR_NAME.match(text) is not None


def before_by(text: str) -> str | None:
    """What stands before "by", "Autor:", "Written by" … at the end of a text; None: it ends otherwise."""
    match = _ENDS_AS_BY.search(text)
    return text[: match.start()] if match else None


def is_by_names(text: str) -> bool:
    """Whether a text is "By Jane Doe and John Roe", "Von der Redaktion", and no word more."""
    names = _BETWEEN.split(_without_by(text))
    return starts_as_byline(text) and all(is_full_name(name) or is_desk(name) for name in names)


def is_name(text: str) -> bool:
    """Whether a text may be the name of a person or a desk."""
    if not 1 < len(text) <= MAX_NAME or len(text.split()) > 7 or text.lower() in NO_NAMES:
        return False
    return not _NO_NAME.search(text) and any(char.isalpha() for char in text)


def is_desk(name: str) -> bool:
    """Whether it names no person but an account or a department: "admin", "Editorial Team"."""
    name = name.casefold()
    return name in DESKS or name.endswith(tuple(f" {end}" for end in DESK_ENDS))


def is_full_name(name: str) -> bool:
    """Whether it looks like a person's first and last names, as written in scripts with capital letters."""
    words = name.split()
    capital = [word for word in words if word[0].isupper() and word.casefold() not in NOT_IN_NAMES]
    rest = {word.casefold() for word in words if word not in capital}
    return len(capital) >= 2 and len(words) <= 5 and words[0] in capital and words[-1] in capital and rest <= PARTICLES


def _without_by(text: str) -> str:
    """Without "By", "Written by:", "View all posts by", …; again for "Author: By Jane Doe"."""
    for _ in range(3):
        shorter = text.lstrip(" \t-–—|•·:,")
        for before in (_BY, _LABEL):
            if match := before.match(shorter):
                shorter = shorter[match.end() :]
        shorter = _without_von(shorter).strip()
        if shorter == text:
            break
        text = shorter
    return text


def _without_von(text: str) -> str:
    """Without a word that may begin a name itself, where what follows is a full name or the word is in lower case."""
    match = _BY_OR_NAME.match(text)
    if match and (match["colon"] or match["by"].islower() or " " in match["rest"]):
        return match["rest"]
    return text


def _split(text: str) -> list[str]:
    """Several names where each part looks like a name of its own; a firm's "Smith & Sons" stays whole."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    names = [part for part in parts if not _ROLE.search(part)] or parts[:1]
    each_full = all(len(name.split()) > 1 or not name.isascii() for name in names)
    return names if len(names) < 2 or each_full or "," in text else [text]


def _tidy(name: str) -> str:
    if len(name) > 3:
        name = re.sub(r"\s*[(\[][^)\]]*[)\]]\s*", " ", _without_by(name))
    return name.strip(' \t-–—|•·:,;.…"“”«»<>*/').strip()

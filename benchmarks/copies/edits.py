"""What happens to a text that is copied, in grades."""

from collections.abc import Callable
from random import Random
from typing import Protocol

from benchmarks.copies.writer import Draft

_EXCERPT = 55
"""Words of an excerpt in WordPress (``wp_trim_words``); a truncated copy has as many, or more."""


class Source(Protocol):
    """Where an editor has other words from."""

    random: Random

    def sentence(self) -> str:
        """A sentence that the text may have said instead."""

    def word(self) -> str:
        """Any word."""

    def boilerplate(self) -> str:
        """What sites say under every text."""

    def more(self) -> str:
        """What stands where a text is cut off."""


Edit = Callable[[Draft, Source], str]


def words(draft: Draft, source: Source) -> str:
    """One word of thirty is another, or missing."""
    return _reworded(draft, source, 1 / 30)


def typography(draft: Draft, source: Source) -> str:
    """Other quotation marks, dashes, spaces and paragraphs."""
    text = draft.text.replace('"', "“").replace("«", "“").replace("»", "”").replace(" — ", " – ").replace(",", " ,")
    return text.replace("\n\n", "\n").replace(". ", ".  ").upper() if source.random.random() < 1 / 4 else text


def title(draft: Draft, source: Source) -> str:
    """A new title and a line of the author stand in the text."""
    return f"{source.sentence()}\n\n{source.word()} {source.word()}\n\n{draft.text}"


def boilerplate(draft: Draft, source: Source) -> str:
    """One to three sentences that stand on every page of the site, above or below."""
    added = draft.joint.join(source.boilerplate() for _ in range(source.random.randint(1, 3)))
    return f"{added}\n\n{draft.text}" if source.random.random() < 1 / 3 else f"{draft.text}\n\n{added}"


def paragraph(draft: Draft, source: Source) -> str:
    """A paragraph is missing, of a quarter of the text at most."""
    length = len(draft.text)
    short = [index for index, each in enumerate(draft.paragraphs) if len(draft.joint.join(each)) <= length / 4]
    gone = source.random.choice(short) if short else None
    kept = tuple(each for index, each in enumerate(draft.paragraphs) if index != gone)
    return Draft(kept, draft.joint).text


def truncated(draft: Draft, source: Source) -> str:
    """The first 30 to 50 %, but an excerpt's length at least, cut off anywhere, with a pointer to the rest."""
    units = _units(draft.text, draft.joint)
    kept = max(_EXCERPT, int(len(units) * source.random.uniform(0.3, 0.5)))
    return f"{(' ' if draft.joint else '').join(units[:kept])}… {source.more()}"


def medium(draft: Draft, source: Source) -> str:
    """10 to 20 % of the sentences are said in other words."""
    return _rewritten(draft, source, source.random.uniform(0.1, 0.2))


def heavy(draft: Draft, source: Source) -> str:
    """40 % of the sentences are said in other words."""
    return _rewritten(draft, source, 0.4)


def reworded(draft: Draft, source: Source) -> str:
    """One word of twelve is another, or missing."""
    return _reworded(draft, source, 1 / 12)


def wire(draft: Draft, source: Source) -> str:
    """An agency's text with a lead and a tail of the site's own: each up to a fifth of the text."""
    most = max(1, len(draft.sentences) // 5)
    lead, tail = (draft.joint.join(source.sentence() for _ in range(source.random.randint(1, most))) for _ in range(2))
    return f"{lead}\n\n{draft.text}\n\n{tail}"


LIGHT: dict[str, Edit] = {each.__name__: each for each in (words, typography, title, boilerplate, paragraph, truncated)}
EDITS: dict[str, Edit] = LIGHT | {each.__name__: each for each in (medium, wire, reworded, heavy)}


def _rewritten(draft: Draft, source: Source, share: float) -> str:
    count = len(draft.sentences)
    chosen = set(source.random.sample(range(count), round(count * share)))
    place = iter(range(count))
    return Draft(
        tuple(tuple(source.sentence() if next(place) in chosen else s for s in each) for each in draft.paragraphs),
        draft.joint,
    ).text


def _reworded(draft: Draft, source: Source, share: float) -> str:
    def edited(unit: str) -> list[str]:
        chance = source.random.random()
        return [unit] if chance > share else [source.word()] if chance > share / 2 else []

    def sentence(said: str) -> str:
        units = _units(said, draft.joint)
        return (" " if draft.joint else "").join(new for unit in units for new in edited(unit))

    return Draft(tuple(tuple(map(sentence, each)) for each in draft.paragraphs), draft.joint).text


def _units(text: str, joint: str) -> list[str]:
    """Words; of a script without spaces, pairs of characters."""
    return text.split() if joint else [text[i : i + 2] for i in range(0, len(text), 2)]

"""Real texts with made copies, and pages of one site under many themes, from the corpus of the reading benchmark."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.copies.documents import ORIGINAL, Document, copies
from benchmarks.copies.writer import Draft, Reporter
from benchmarks.reading.readers import READERS
from benchmarks.reading.themes import theme_pages

_SENTENCE = re.compile(r"(?<=[.!?…。！？؟])\s+")
_ENOUGH = 110
"""Words of a text that copies are made of: a truncated one is still long enough to be judged."""
_SAME = 0.3
"""Two real texts with this share of their sentences in common are left out as copies before any is made."""


class Editor(Reporter):
    """Rewrites with sentences and words of other real texts; site's lines and pointers are made up."""

    def __init__(self, sentences: list[str], random: Random) -> None:
        super().__init__("en", random)
        self._sentences = sentences

    def sentence(self) -> str:
        """A sentence of another text."""
        return self.random.choice(self._sentences)

    def word(self) -> str:
        """A word of another text."""
        return self.random.choice(self.sentence().split() or ["–"])


def real_documents(corpus: Path) -> list[Document]:
    """Every real text that is long enough and unlike the others, with a copy of each grade."""
    drafts = _unlike([_draft(text) for text in _bodies(corpus) if len(text.split()) >= _ENOUGH])
    sentences = [sentence for draft in drafts for sentence in draft.sentences]
    editor = Editor(sentences, Random(0))  # noqa: S311 - the same set in every run is wanted
    return [each for number, draft in enumerate(drafts) for each in copies(draft, editor, str(number), "")]


def theme_documents(corpus: Path) -> list[Document]:
    """Posts as this project reads them under each theme; one story are a post of the site and those that repeat it."""
    pages = [(page.id.split("/")[0], page) for page in theme_pages(corpus, None)]
    stories = {(site, str(page.truth["id"])): page.truth["seed_index"] or page.truth["slug"] for site, page in pages}
    return [
        Document(
            READERS["presswalk"](page.html, page.url).text,
            stories[site, str(page.truth["dup_of"] or page.truth["id"])],
            "repeated" if page.truth["dup_of"] else ORIGINAL,
            site,
        )
        for site, page in pages
    ]


def _bodies(corpus: Path) -> Iterator[str]:
    records = json.loads((corpus / "wild" / "truth.json").read_text("utf-8"))
    yield from (record["text"] for record in records.values() if record.get("body_ok"))


def _draft(text: str) -> Draft:
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return Draft(tuple(tuple(_SENTENCE.split(" ".join(block.split()))) for block in blocks), " ")


def _unlike(drafts: list[Draft]) -> list[Draft]:
    """By their sentences, so that it is not the method under test that decides."""
    kept: list[Draft] = []
    seen: list[set[str]] = []
    for draft in drafts:
        sentences = set(draft.sentences)
        if all(len(sentences & each) < _SAME * min(len(sentences), len(each)) for each in seen):
            kept.append(draft)
            seen.append(sentences)
    return kept

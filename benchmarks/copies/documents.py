"""The labelled set: texts with their copies, and texts that only look like copies."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from benchmarks.copies.edits import EDITS, Source
from benchmarks.copies.writer import LANGUAGES, Draft, Reporter

ORIGINAL = "original"


class Document(NamedTuple):
    """A text, the story that it tells, how it came to be, and the language."""

    text: str
    story: str
    kind: str
    language: str


def documents(stories: int, seed: int = 0) -> list[Document]:
    """``stories`` texts of each language, each with a copy of every grade, and negatives of every kind."""
    found: list[Document] = []
    for language in LANGUAGES:
        random = Random(f"{seed} {language}")  # noqa: S311 - the same set in every run is wanted
        for number in range(stories):
            found += _told(language, f"{language}-{number}", random)
            found += _untold(language, f"{language}-not-{number}", random)
    return found


def copies(draft: Draft, source: Source, story: str, language: str) -> Iterator[Document]:
    """The text itself and one copy of every grade."""
    yield Document(draft.text, story, ORIGINAL, language)
    for kind, edit in EDITS.items():
        yield Document(edit(draft, source), story, kind, language)


def _told(language: str, story: str, random: Random) -> Iterator[Document]:
    reporter = Reporter(language, random)
    return copies(reporter.story(_length(random, 8, 60)), reporter, story, language)


def _length(random: Random, least: int, most: int) -> int:
    """In sentences: short texts are more frequent than long ones."""
    return min(most, least + int(random.expovariate(1 / 12)))


def _untold(language: str, story: str, random: Random) -> Iterator[Document]:
    """Pairs that share something and are two stories."""
    reporter = Reporter(language, random)
    pairs = {
        "event": _same_event(reporter),
        "disclaimer": _same_disclaimer(language, random),
        "background": _same_background(reporter),
        "roundup": _roundup(reporter),
    }
    pairs["horoscope"] = _same_stock(reporter)
    forms = {kind: (reporter.form(kind), reporter.form(kind)) for kind in ("weather", "lottery", "stocks", "rates")}
    for kind, texts in (pairs | forms).items():
        for number, text in enumerate(texts):
            if text:
                yield Document(text, f"{story}-{kind}-{number}", kind, language)


def _same_event(reporter: Reporter) -> tuple[str, str]:
    """Two reports of one event, with one sentence in common: what somebody said."""
    said, length = (reporter.sentence(),), _length(reporter.random, 8, 30)
    reports = (reporter.story(length) for _ in range(2))
    first, second = (Draft((*each.paragraphs[:1], said, *each.paragraphs[1:]), each.joint).text for each in reports)
    return first, second


def _same_disclaimer(language: str, random: Random) -> tuple[str, str]:
    """Two short posts of one site, with a disclaimer of about their own length below or above."""
    reporters = [Reporter(language, random) for _ in range(2)]
    lines, own = reporters[0].words["sentences"]["boilerplate"], random.randint(2, 5)
    disclaimer = reporters[0].joint.join(random.sample(lines, random.randint(3, 4)))
    form = "{0}\n\n{1}" if random.random() < 2 / 3 else "{1}\n\n{0}"
    first, second = (form.format(each.story(own).text, disclaimer) for each in reporters)
    return first, second


def _same_background(reporter: Reporter) -> tuple[str, str]:
    """Two days' reports of one agency, ending in the same paragraphs on what happened before: 40 % of each."""
    length = _length(reporter.random, 10, 30)
    background = reporter.story(max(3, length * 2 // 3)).text
    first, second = (f"{reporter.story(length).text}\n\n{background}" for _ in range(2))
    return first, second


def _same_stock(reporter: Reporter) -> tuple[str, str]:
    """Two horoscopes, each of seven sentences out of the same fifteen."""
    stock = [reporter.sentence() for _ in range(15)]
    first, second = (reporter.joint.join(reporter.random.sample(stock, 7)) for _ in range(2))
    return first, second


def _roundup(reporter: Reporter) -> tuple[str, str]:
    """A report, and a list of the day's news that begins or goes on with the first sentences of it."""
    report = reporter.story(_length(reporter.random, 8, 30))
    items = [reporter.joint.join(reporter.story(3).sentences) for _ in range(5)]
    items.insert(reporter.random.randint(0, 5), reporter.joint.join(report.sentences[:2]))
    return report.text, "\n\n".join(items)

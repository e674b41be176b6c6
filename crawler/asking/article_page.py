"""One article to read at a terminal: itself, what became of it, and what it said before. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from rich.text import Text

from crawler.asking.differences import Kind, Piece, differences
from crawler.asking.printable import on_one_line
from crawler.asking.words import byline, minute, readable_url
from crawler.story_report import lines as story_lines
from crawler.story_report import told

Document = Mapping[str, Any]

STORY_FIELDS = (
    "story_id", "site", "url", "title", "published_at", "published_precision", "first_seen_at", "syndicated_from",
    "gone_at",
)  # fmt: skip

_STYLES: dict[Kind, str] = {"same": "", "old": "red strike", "new": "green", "left_out": "dim"}
_MARKS: dict[Kind, tuple[str, str]] = {"old": ("[-", "-]"), "new": ("{+", "+}")}
"""As ``git diff --word-diff`` marks them, where there are no colours."""


def page(document: Document, story: Sequence[Document]) -> Iterator[Text]:
    """The article: its head, what is known besides, and its text, in lines that may be wrapped."""
    yield Text(on_one_line(document.get("title") or "Without a title"), "bold")
    yield Text(byline(document))
    yield Text(readable_url(document["url"]), "dim", no_wrap=True)
    yield Text()
    for label, said in _facts(document):
        yield Text(f"{label:<10}{on_one_line(said)}")
    yield from _copies(story)
    yield Text()
    yield Text(document["text"]) if document.get("text") else Text("no text is stored", "dim")


def history(document: Document, revisions: Iterable[Document]) -> Iterator[Text]:
    """When it was found, each change, and what became of it, a line each."""
    yield _event(document.get("first_seen_at"), "found")
    for revision in revisions:
        yield _event(revision["replaced_at"], f"{_done(revision)}: {', '.join(revision['changed'])}")
    last = document.get("last_change") or {}
    if document.get("gone_at"):
        yield _event(document["gone_at"], "gone: the site no longer has it")
    elif last.get("kind") == "returned":
        yield _event(document.get("last_changed_at"), "returned: the site has it again")


def changes(document: Document, revisions: Iterable[Document], *, colours: bool) -> Iterator[Text]:
    """What each change was, the oldest first."""
    none = True
    for before, after in pairwise(chain(revisions, [document])):
        none = False
        yield Text(f"{minute(before['replaced_at'])}  {_done(before)}: {', '.join(before['changed'])}", "bold")
        for name, pieces in differences(before, after, before["changed"]):
            yield Text(f"\n{name}", "bold dim")
            yield _shown(pieces, colours=colours)
        yield Text()
    if none:
        yield Text("it says what it said when it was found")


def _done(revision: Document) -> str:
    """What replaced a revision: the site's change, or today's reader (``scrapy reread``)."""
    return "read otherwise" if revision.get("replaced_by") == "reread" else "changed"


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    for label, field in (("filed", "categories"), ("tags", "tags")):
        if document.get(field):
            yield label, ", ".join(document[field])
    yield "about it", ", ".join(_traits(document))
    if source := document.get("syndicated_from"):
        yield "source", source
    yield "found", f"{minute(document.get('first_seen_at'))} UTC, last seen {minute(document.get('last_seen_at'))}"
    change = document.get("last_change") or {}
    if document.get("revision") and change.get("kind") != "added":
        said = ": ".join(filter(None, (change.get("kind", "changed"), ", ".join(change.get("fields", ())))))
        yield "changed", f"{minute(document.get('last_changed_at'))} UTC {said} (revision {document['revision']})"
    if reread := document.get("reread"):
        yield "reread", f"{minute(reread['at'])} UTC read otherwise: {', '.join(reread['fields'])}"
    if document.get("gone_at"):
        yield "gone", f"{minute(document['gone_at'])} UTC, the content is kept"
    yield "id", f"{document['_id']}" + (f", in WordPress {document['wp_id']}" if "wp_id" in document else "")


def _traits(document: Document) -> Iterator[str]:
    if document.get("language"):
        yield document["language"]
    yield f"{document.get('word_count', 0):,} words"
    if document.get("access", "open") != "open":
        yield document["access"]
    for field, one, many in (("images", "picture", "pictures"), ("comment_count", "comment", "comments")):
        found = document.get(field) or 0
        if how_many := found if isinstance(found, int) else len(found):
            yield f"{how_many:,} {one if how_many == 1 else many}"


def _copies(story: Sequence[Document]) -> Iterator[Text]:
    for copies in told(story, min_sites=1):
        yield Text()
        yield from (Text(line, "dim", no_wrap=True) for line in story_lines(copies))


def _event(at: Any, what: str) -> Text:
    return Text(f"{minute(at)}  {on_one_line(what)}", no_wrap=True)


def _shown(pieces: Iterable[Piece], *, colours: bool) -> Text:
    shown = Text()
    for piece in pieces:
        before, after = ("", "") if colours else _MARKS.get(piece.kind, ("", ""))
        kept = piece.text.rstrip()
        shown.append(f"{before}{kept}{after}" if kept else "", _STYLES[piece.kind]).append(piece.text[len(kept) :])
    shown.rstrip()
    return shown

"""What the check of the drills finds."""

import pytest
from bson import ObjectId

from crawler.changes import Document, decide_new, decide_seen
from crawler.events import event_of_document
from crawler.storage.events import to_document as event_document

from .consistency import problems
from .examples import LATER, NOW, a_document


def stored() -> tuple[list[Document], list[Document], list[Document]]:
    """One article that was changed once."""
    first = decide_new(a_document(wp_id=1), ObjectId(), NOW)
    second = decide_seen(first.document, a_document(wp_id=1, title="Another"), LATER)
    article = {name: value for name, value in second.document.items() if name != "grouping"}
    told = [event_document(event_of_document(document)) for document in (first.document, article)]
    return [article], [second.revision or {}], told


def test_nothing_is_wrong_with_what_a_crawl_leaves() -> None:
    assert problems(*stored()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda s: s[0].append(s[0][0] | {"_id": 2}), "2 articles have the key"),
        (lambda s: s[0][0].pop("title"), "has no title"),
        (lambda s: s[0][0].update(grouping=1), "still waits for its story"),
        (lambda s: s[0][0].update(duplicate_of="x"), "duplicate_of is no article"),
        (lambda s: s[1].append(s[1][0] | {"revision": 1}), "which is at 1"),
        (lambda s: s[1].append(s[1][0]), "2 times revision"),
        (lambda s: s[1][0].update(article_id=9), "which is not there"),
        (lambda s: s[2].pop(), "was not announced at revision 1"),
        (lambda s: s[2].append(s[2][0]), "was announced 2 times"),
        (lambda s: s[2].append(s[2][0] | {"revision": 2}), "announced at revision 2"),
        (lambda s: s[2][1].update(type="article.gone"), "article.gone was told of article.changed"),
    ],
)
def test_each_fault_is_said(damage: object, said: str) -> None:
    found = stored()
    assert callable(damage)
    damage(found)
    assert any(said in problem for problem in problems(*found))

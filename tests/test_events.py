"""What is announced."""

from dataclasses import replace

import pytest
from bson import ObjectId

from crawler.changes import decide_missing, decide_seen
from crawler.documents import fill_bookkeeping
from crawler.events import event_of, event_of_document
from crawler.items import Change, ChangeKind

from .examples import HOME, LATER, MUCH_LATER, NOW, SITE, a_document, an_article, stored

ARTICLE_ID = ObjectId("0123456789abcdef01234567")


@pytest.mark.parametrize("kind", ["added", "changed", "gone", "returned"])
def test_an_event_says_what_happened_to_which_article(kind: ChangeKind) -> None:
    article = an_article(
        id=str(ARTICLE_ID), revision=2, last_changed_at=NOW, change=Change(kind=kind, fields=["title"])
    )
    event = event_of(article)
    assert event is not None
    assert event.id == f"0123456789abcdef01234567:2:{kind}"
    assert event.type == f"article.{kind}"
    assert (event.at, event.article_id, event.site, event.revision) == (NOW, ARTICLE_ID, SITE, 2)
    assert (event.url, event.title, event.fields) == (f"{HOME}/bridge/", "The bridge stays", ("title",))


def test_what_is_unchanged_or_not_stored_is_no_event() -> None:
    article = an_article(id=str(ARTICLE_ID), revision=0, last_changed_at=NOW, change=Change(kind="unchanged"))
    assert event_of(article) is None
    assert event_of(replace(article, change=None)) is None
    assert event_of(replace(article, change=Change(kind="added"), id=None)) is None
    assert event_of(an_article()) is None


def test_a_stored_document_tells_the_event_that_was_announced() -> None:
    decision = decide_seen(stored(), a_document(title="The bridge goes"), LATER)
    article = an_article(title="The bridge goes")
    fill_bookkeeping(article, decision.document, decision.change)
    assert event_of_document(decision.document) == event_of(article)


def test_a_document_that_is_gone_tells_so() -> None:
    once = decide_missing(stored(), LATER).document
    event = event_of_document(decide_missing(once, MUCH_LATER).document)
    assert (event.type, event.revision, event.at) == ("article.gone", 1, MUCH_LATER)
    assert event.id == f"{once['_id']}:1:gone"

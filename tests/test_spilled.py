"""What is kept on disk comes back as it was, and never over something newer."""

from datetime import timedelta

import pytest

from crawler.documents import from_document, to_document
from crawler.items import Article, Embed, Image, Link, Source
from crawler.spilled import is_outdated

from .examples import HOME, LATER, NOW, an_article

SECOND = timedelta(seconds=1)


def read_at_now() -> Article:
    return an_article(
        wp_id=7,
        source=Source(route="rest", fetched_at=NOW, status=200),
        images=[Image(url=f"{HOME}/a.jpg", width=640)],
        embeds=[Embed(url=f"{HOME}/v", kind="video")],
        links=[Link(url=f"{HOME}/b/", text="more")],
    )


def test_an_article_comes_back_as_it_was() -> None:
    assert from_document(to_document(read_at_now())) == read_at_now()
    assert from_document(to_document(an_article())) == an_article()


@pytest.mark.parametrize("damaged", [{"site": "x"}, {"site": "x", "url": "y", "images": [{"no": 1}]}])
def test_what_is_no_article_is_refused(damaged: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        from_document(damaged)


@pytest.mark.parametrize(
    ("stored", "outdated"),
    [
        (None, False),
        ({}, False),
        ({"last_seen_at": NOW}, False),
        ({"last_seen_at": NOW - SECOND, "source": {"fetched_at": NOW - SECOND}}, False),
        ({"last_seen_at": NOW + SECOND}, True),
        ({"last_seen_at": NOW - SECOND, "source": {"fetched_at": LATER}}, True),
        ({"last_seen_at": NOW - SECOND, "missing_since": LATER}, True),
        ({"last_seen_at": NOW - SECOND, "gone_at": LATER}, True),
    ],
)
def test_what_was_learned_since_is_not_overwritten(stored: dict[str, object] | None, outdated: object) -> None:
    assert is_outdated(read_at_now(), stored) is outdated


def test_a_reading_of_unknown_age_is_no_news_of_what_is_stored() -> None:
    assert is_outdated(an_article(), {"last_seen_at": NOW})
    assert not is_outdated(an_article(), None)

"""The date of an event is none of publication."""

from datetime import UTC, datetime

import pytest

from crawler.reading.dates import published_at
from tests.reading.build import article, page

_URL = "https://news.example/bridge-opens/"
_EVENT = datetime(2026, 5, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "event",
    [
        '<span class="event-date">May 9, 2026</span>',
        '<div class="tribe-events-schedule"><time datetime="2026-05-09">May 9, 2026</time></div>',
        '<time class="dt-start" datetime="2026-05-09">May 9</time>',
        '<p class="meta">When: <span itemprop="startDate" content="2026-05-09">May 9, 2026</span></p>',
    ],
)
def test_the_date_of_an_event(event: str) -> None:
    assert published_at(page(article(event), url=_URL)) is None
    posted = '<span class="posted-on">March 1, 2026</span>'
    found = published_at(page(article(event + posted), url=_URL))
    assert found is not None
    assert (found.value.month, found.value.day) == (3, 1)


@pytest.mark.parametrize("name", ["post-date", "news-events date", "eventful-date"])
def test_other_names_of_dates(name: str) -> None:
    found = published_at(page(article(f'<span class="{name}">May 9, 2026</span>'), url=_URL))
    assert found is not None
    assert found.value == _EVENT

"""How often Python looks for circular garbage."""

import atexit
import gc
import weakref
from collections.abc import Iterator

import pytest

from crawler.garbage import CRAWLS, AfterCrawls, collect_seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    atexit.unregister(gc.freeze)


class _Circular:
    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_looked_for_seldom() -> None:
    collect_seldom()
    assert gc.get_threshold() == (50_000, 10, 10)


def test_what_crawls_leave_is_taken_away_after_so_many_of_them() -> None:
    collect_seldom()
    after = AfterCrawls()
    left = weakref.ref(_Circular())
    for _ in range(CRAWLS - 1):
        after.ended()
    assert left() is not None
    after.ended()
    assert left() is None


def test_what_was_there_before_is_not_looked_at_again() -> None:
    AfterCrawls()
    assert gc.get_freeze_count() > 10_000

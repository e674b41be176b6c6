"""How often Python looks for circular garbage."""

import atexit
import gc

from crawler.garbage import collect_seldom


def test_garbage_is_looked_for_seldom() -> None:
    before = gc.get_threshold()
    try:
        collect_seldom()
        assert gc.get_threshold() == (50_000, 10, 10)
    finally:
        gc.set_threshold(*before)
        atexit.unregister(gc.freeze)

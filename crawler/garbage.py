"""How often Python looks for circular garbage."""

import atexit
import gc

CRAWLS = 16
"""A crawler that has ended is some thousand circular objects, a tenth of a megabyte; to look takes 50 ms."""


def collect_seldom() -> None:
    """Whenever 50,000 more objects are there than before, not 700; and not once more when the process ends.

    What a start loads stays, and of what a page takes hardly anything is circular: looking for it took a tenth of the
    CPU time of a crawl.
    """
    gc.set_threshold(50_000, 10, 10)
    atexit.register(gc.freeze)


class AfterCrawls:
    """For a process that has many crawlers one after the other: what they leave is taken away every so many of them."""

    def __init__(self) -> None:
        gc.collect()
        gc.freeze()  # what is there now stays, and need not be looked at again
        self._ended = 0

    def ended(self) -> None:
        """One more crawl has."""
        self._ended += 1
        if self._ended % CRAWLS == 0:
            gc.collect()

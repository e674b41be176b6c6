"""How often Python looks for circular garbage."""

import atexit
import gc


def collect_seldom() -> None:
    """Whenever 50,000 more objects are there than before, not 700; and not once more when the process ends.

    What a start loads stays, and of what a page takes hardly anything is circular: looking for it took a tenth of the
    CPU time of a crawl.
    """
    gc.set_threshold(50_000, 10, 10)
    atexit.register(gc.freeze)

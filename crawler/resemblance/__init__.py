"""Nearly the same text? Sketches of texts that an index finds the copies by, and the decision on two sketches.

Pure functions on texts and bytes: no Scrapy, no MongoDB, no state; the same in every process.
"""

from crawler.resemblance.decision import Resemblance, alike, compare
from crawler.resemblance.signature import SKETCH_VERSION
from crawler.resemblance.sketch import BANDS, Sketch, sketch

__all__ = ["BANDS", "SKETCH_VERSION", "Resemblance", "Sketch", "alike", "compare", "sketch"]

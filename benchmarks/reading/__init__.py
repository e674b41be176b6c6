"""How well and how fast posts are read, beside other readers: ``python -m benchmarks.reading``."""

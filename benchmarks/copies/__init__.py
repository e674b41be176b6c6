"""How surely copies of a text are found and told from other texts: ``python -m benchmarks.copies``."""

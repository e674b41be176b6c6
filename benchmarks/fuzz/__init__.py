"""Fuzzing: readers of what the web sends, on what it might send. ``python -m benchmarks.fuzz --seconds 60``."""

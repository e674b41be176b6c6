"""Benchmarks: what the code is worth, measured; each sub-package is run as a module."""

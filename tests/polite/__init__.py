"""Mirrors ``crawler/polite``."""

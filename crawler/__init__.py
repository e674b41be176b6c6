"""Presswalk: an event-driven crawler for WordPress news sites."""

__version__ = "0.1.0"

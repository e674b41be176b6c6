"""Drills: crawls that are killed, cut off from their database, or very long; what is left is checked, and printed."""

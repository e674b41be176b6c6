"""Crawls of a real WordPress (Debian's packages), compared with what its own database says."""

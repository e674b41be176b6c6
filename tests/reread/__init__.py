"""Tests of reading an archive again."""

"""A small made-up news site that behaves like WordPress, served on loopback: for ``make demo`` and for the tests."""

"""The spiders: requests in, items out. What to follow is decided in ``routes``, what a page says in ``reading``."""

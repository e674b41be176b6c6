"""What it costs to crawl a real WordPress: the first time by each route, and again after each kind of change."""

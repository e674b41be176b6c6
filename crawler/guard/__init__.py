"""Where a crawl may be led: addresses that no page, redirect or DNS answer reaches, and servers that never stop."""

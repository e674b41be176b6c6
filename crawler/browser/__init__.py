"""A browser for pages that are empty until scripts run; all that it needs is fetched by Scrapy's downloader.

Nothing in here but ``rendering`` imports Playwright, and that is imported when the first such page is met.
"""

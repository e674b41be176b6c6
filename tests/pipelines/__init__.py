"""The item pipelines, driven as Scrapy drives them, with a real database behind them."""

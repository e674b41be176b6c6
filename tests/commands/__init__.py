"""Commands of ``scrapy``, as a user types them."""

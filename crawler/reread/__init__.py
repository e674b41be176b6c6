"""``scrapy reread``: Scrapy over an archive instead of the network; from a response on, all is as in a crawl."""

"""Commands of ``scrapy`` that this project adds or changes, one per file."""

"""What the crawler costs: CPU per article beside Scrapy's own floor, memory, and the time to start."""

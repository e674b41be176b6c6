"""What operators watch and alert on, for Prometheus.

Scrapy's stats, runs, ``figures`` (of the database) -> samples (pure) -> ``exposition`` -> a file, or an HTTP endpoint
"""

"""The settings of ``scrapy reread``: those of a crawl, without everything that knows a network or a site's health."""

from typing import Any

SETTINGS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(
        ("http", "https", "data", "file", "ftp", "s3")
    ),  # there is nothing to fetch with
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.middlewares.compression.Compression": 590,
        "crawler.middlewares.onsite.Redirect": 600,
        "crawler.reread.middlewares.FromArchive": 900,
    },
    "SPIDER_MIDDLEWARES": {"crawler.reread.middlewares.Nearest": 20},
    "EXTENSIONS": {
        "crawler.extensions.secrets.Secrets": -10,
        "crawler.extensions.terminal_log.TerminalLog": -9,
        "crawler.storage.database.Database": 0,
        "crawler.reread.stand_ins.NoSpill": 5,
        "crawler.extensions.run_record.RunRecord": 10,
        "crawler.extensions.event_delivery.EventDelivery": 40,
    },
    "ITEM_PIPELINES": {
        "pipelines.normalise.Normalise": 100,
        "pipelines.deduplicate.Deduplicate": 200,
        "pipelines.drop_copies.DropCopies": 250,
        "pipelines.reread.Reread": 300,
        "pipelines.announce.Announce": 400,
        "pipelines.group.Group": 500,
    },
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0.0,
    "DOWNLOAD_SLOTS": {},
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "WARC_DIR": None,  # what is read from an archive is in one
}

DRY: dict[str, Any] = {
    "EXTENSIONS": {
        **SETTINGS["EXTENSIONS"],
        "crawler.extensions.run_record.RunRecord": None,
        "crawler.extensions.event_delivery.EventDelivery": None,
        "crawler.reread.stand_ins.NoRecord": 10,
    },
    "ITEM_PIPELINES": {
        "pipelines.normalise.Normalise": 100,
        "pipelines.deduplicate.Deduplicate": 200,
        "pipelines.reread.Preview": 300,
    },
}
"""Nothing is written: no article, no event, no record, no lock."""

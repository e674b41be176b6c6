"""Scrapy settings of Presswalk, each with the reason for its value. Override with ``-s NAME=VALUE``."""

import os

BOT_NAME = "presswalk"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# Where articles are kept. Without a URI the embedded server is started over the folder.
MONGODB_URI = os.environ.get("MONGODB_URI") or None
MONGODB_DATABASE = os.environ.get("MONGODB_DATABASE") or "presswalk"
MONGODB_EMBEDDED_FOLDER = os.environ.get("MONGODB_EMBEDDED_FOLDER") or "data/mongo"

# A batch is written when it is full or when its first article has waited this long.
STORE_BATCH_SIZE = 50
STORE_BATCH_SECONDS = 0.25

# An article that tells what an earlier one tells, on whatever site: "mark" keeps it with ``duplicate_of``, because
# copies are evidence; "drop" does not store it.
DUPLICATES = "mark"

# Honest and polite: who we are, what we may fetch, one request at a time to a site with a second between.
USER_AGENT = "Presswalk/0.1 (WordPress news archive crawler)"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
COOKIES_ENABLED = False  # a crawler has no session, and a cookie may turn caches off

# Many sites at once, each at its own pace.
CONCURRENT_REQUESTS = 64

# When a listed site is looked at again: as often as it publishes, within these bounds. A look that finds nothing new
# costs a site one or two requests, so ten minutes are at most 300 a day, for a site with news at that pace; a site that
# sleeps is found awake within a day. A sweep (is every stored article still there?) costs a whole crawl, and what a
# site offers seldom changes: once a week each.
SCHEDULE_MIN_MINUTES = 10
SCHEDULE_MAX_HOURS = 24
SWEEP_DAYS = 7
OFFERS_DAYS = 7

# ``scrapy crawl listen``: so many sites at once because their time came, and as many again because they told of news;
# how often it is seen whose time has come (a push is served at once), and how often the list is read for the receiver,
# and hubs are asked.
LISTEN_SITES = 32
LISTEN_POLL_SECONDS = 5
LISTEN_REFRESH_SECONDS = 30

# Its receiver, from the environment too: a secret on a command line is seen by everybody on the machine. The defaults,
# with their reasons, are in crawler.push.options.
for _name in (
    "PUSH_HOST", "PUSH_PORT", "PUSH_URL", "PUSH_HOSTS", "PUSH_TRUSTED_PROXIES", "PUSH_PATH_SECRET",
    "PUSH_WEBHOOK_SECRETS", "PUSH_DEBOUNCE_SECONDS",
):  # fmt: skip
    if _told := os.environ.get(_name):
        globals()[_name] = _told

# Where WordPress.com answers for the sites that it hosts: the one host outside of a site that is asked about its posts.
WPCOM_API = "https://public-api.wordpress.com/rest/v1.1/sites"

# Every wait ends, every body is bounded.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 10_000_000  # what the HTML parser takes as one text; no article is larger
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 10
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spiders report what failed, once

# Says when the last request of a site is done: each site is remembered, and free for other runs, as soon as it is.
SCHEDULER = "crawler.scheduler.SiteScheduler"

# The articles of one answer of the REST API fill a batch: with fewer at once, each batch would wait for its time to
# pass. Scrapy makes so many tasks for every response, which costs a page less than a millisecond.
CONCURRENT_ITEMS = STORE_BATCH_SIZE
TELNETCONSOLE_ENABLED = False  # no open port that runs code
REMOTE_CONTROL_ENABLED = False  # likewise
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 60.0
STATS_DUMP = False  # the closing table says it for people; the whole is kept in ``runs``
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # what is dropped is counted, and logged where it is a fault

CLOSING_TABLE = True

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
}

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.onsite.Onsite": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsTxt": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.compression.Compression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.onsite.Redirect": 600,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # WordPress redirects by status
}
# Of each site on its own: a process that lives for weeks asks a site for the same again at its next look.
DUPEFILTER_CLASS = "crawler.dupefilter.SiteDupeFilter"

SPIDER_MIDDLEWARES = {
    "crawler.middlewares.lock.SiteLock": 10,
}
EXTENSIONS = {
    "crawler.storage.database.Database": 0,
    "crawler.extensions.run_record.RunRecord": 10,
    "crawler.extensions.site_memory.SiteMemory": 20,
    "crawler.extensions.site_end.SiteEnd": 30,
    "crawler.extensions.listening.Listening": 40,
    "crawler.extensions.closing_table.ClosingTable": 900,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawler.extensions.throttle.Throttle": 0,
}
ITEM_PIPELINES = {
    "pipelines.normalise.Normalise": 100,
    "pipelines.deduplicate.Deduplicate": 200,
    "pipelines.drop_copies.DropCopies": 250,
    "pipelines.store.Store": 300,
    "pipelines.announce.Announce": 400,
    "pipelines.group.Group": 500,
}

"""Scrapy settings of Presswalk, each with the reason for its value. Override with ``-s NAME=VALUE``."""

import os
import sys

from scrapy.settings import default_settings

from crawler.commands import module_of
from crawler.garbage import collect_seldom
from crawler.polite.agent import PRODUCT, ROBOTS_NAME

collect_seldom()

BOT_NAME = "presswalk"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = module_of(sys.argv)

# Where articles are kept. Without a URI the embedded server is started over the folder.
MONGODB_URI = os.environ.get("MONGODB_URI") or None
MONGODB_DATABASE = os.environ.get("MONGODB_DATABASE") or "presswalk"
MONGODB_EMBEDDED_FOLDER = os.environ.get("MONGODB_EMBEDDED_FOLDER") or "data/mongo"

# A database that goes away in the middle of a crawl is waited for: five minutes are enough to start it anew, or for a
# replica set to choose another primary. Meanwhile what was read is on disk, for the next run if need be.
OUTAGE_SECONDS = 300
SPILL_FOLDER = "data/spill"
SPILL_MAX_MB = 256  # of all runs together: ten thousand articles; what does not fit is fetched again

# A run locks the host that it crawls, and says three times in so long that it is alive; a worker its site likewise.
# What was not said for so long is over: another run takes the host, the queue gives the site to another worker.
LEASE_SECONDS = 90

# Many machines (docs/scaling.md): the queue that they share; without it everything is as on one machine. Several
# installations may share one server, each with a stream of its own.
NATS_URL = os.environ.get("NATS_URL") or None
WORK_STREAM = os.environ.get("WORK_STREAM") or "PRESSWALK"
WORK_SITES = 32  # that one worker crawls at once: a core is busy with a hundred pages a second, at a page a second each
# A site whose back-fill takes days is left for the others after so long, and goes on behind them; 0: it is not.
WORK_SLICE_SECONDS = 900
WORK_SLICE_REQUESTS = 1000
WORK_STOP_SECONDS = 30  # to end crawls at SIGTERM: a page that is under way; orchestrators kill soon after

# A batch is written when it is full or when its first article has waited this long.
STORE_BATCH_SIZE = 50
STORE_BATCH_SECONDS = 0.25

# What is fetched is kept there as WARC files, if anywhere: for others, and for ``scrapy reread``. A new file is begun
# when one has a gigabyte, as archives do. See docs/archive.md.
WARC_DIR = os.environ.get("WARC_DIR") or None
WARC_MAX_MB = 1000

# What you know of sites and no reader can: a TOML file with selectors and fields of your own. See docs/extending.md.
SITE_RULES = os.environ.get("SITE_RULES") or None

# Who is told of events by HTTP: a URL, or {"name": "URL", …}; and the key of the signatures. See docs/events.md.
EVENTS_WEBHOOK_URLS = os.environ.get("EVENTS_WEBHOOK_URLS") or None
EVENTS_WEBHOOK_SECRET = os.environ.get("EVENTS_WEBHOOK_SECRET") or None
EVENTS_WEBHOOK_BEGIN = "now"  # "beginning" tells a new webhook all that ever happened: for an archive, a flood
EVENTS_WEBHOOK_BATCH = 100  # events in one message
EVENTS_WEBHOOK_TIMEOUT = 10.0  # a receiver is to store and answer, not to work
# A receiver that fails is asked again after 5 s, and then after twice as long each time, up to a quarter of an hour:
# what was down for an hour has everything at most that long after it is back. Parked after about a day.
EVENTS_RETRY_SECONDS = 5.0
EVENTS_RETRY_MAX_SECONDS = 900.0
EVENTS_PARK_AFTER = 100
EVENTS_POLL_SECONDS = 2.0  # two small queries by index
EVENTS_CLOSING_SECONDS = 10.0  # cron's next run delivers the rest

# An article that tells what an earlier one tells, on whatever site: "mark" keeps it with ``duplicate_of``, because
# copies are evidence; "drop" does not store it.
DUPLICATES = "mark"

# Honest and polite: who we are, what we may fetch, one request at a time to a site with a second between.
# CONTACT, a URL or a mail address, is where a site can reach you: the User-Agent names it.
CONTACT = os.environ.get("CONTACT") or None
USER_AGENT = PRODUCT
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = ROBOTS_NAME
ROBOTSTXT_PARSER = "crawler.middlewares.robotparser.RobotsTxtParser"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
CRAWL_DELAY_MAX = 30.0  # seconds; a robots.txt that asks for a day has a fault, and would keep its articles from us

# 429 and 503: the site is left alone for as long as its Retry-After says, else for five seconds, ten, twenty … If that
# is longer than a run should wait, the rest is for the next one.
BACKOFF_SECONDS = 5.0
PAUSE_MAX_SECONDS = 120.0

# A site that refuses so many pages in a row keeps us out: it is asked nothing more in this run. One page may be for
# others alone.
BLOCKED_AFTER = 10

# What one run asks of a site at most; the next one goes on. Five and a half hours at a request a second; 0: no limit.
MAX_REQUESTS_PER_SITE = 20_000

# When nothing is asked: "22:00-06:00 Europe/Berlin"; several spans with commas between.
QUIET_HOURS = os.environ.get("QUIET_HOURS") or None

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

# Pages that are empty until scripts run are opened in Chromium: that of Playwright, else the system's, else the program
# named here. It is in a sandbox of its own unless it is started by root, which Chromium does not allow.
BROWSER_EXECUTABLE = os.environ.get("BROWSER_EXECUTABLE") or None
BROWSER_SANDBOX = os.environ.get("BROWSER_SANDBOX") or None
BROWSER_PAGES = 2  # at once; each takes a core while its scripts run
BROWSER_CONTEXTS = 8  # sites whose scripts are remembered
# Of a page's own work, many times what news sites need. What it waits for comes as slowly as the site is asked.
BROWSER_SECONDS = 30.0
BROWSER_QUIET_SECONDS = 0.5  # nothing has changed for so long: it is all there
BROWSER_SETTLE_SECONDS = 10.0  # a page that is never quiet is taken as it is
BROWSER_WAIT_SECONDS = 120.0
BROWSER_REQUESTS = 100  # of one page, until its list grows
BROWSER_MORE_CLICKS = 1_000  # on "load more": ten thousand posts
BROWSER_MORE_SECONDS = 1_800.0
BROWSER_MEMORY_MB = 1_500  # with all its processes; an empty one has 150
BROWSER_RESTARTS = 3  # of a browser that ends by itself
BROWSER_BLOCKED_HOSTS: list[str] = []  # whose scripts are not fetched, besides those of known trackers

# Where WordPress.com answers for the sites that it hosts: the one host outside of a site that is asked about its posts.
WPCOM_API = "https://public-api.wordpress.com/rest/v1.1/sites"

# No request goes to an address that is not public because a page, a redirect or a DNS answer says so, unless the user
# named the host: as a site to crawl, or here (``intranet.example``, ``10.0.0.7:8080``).
TWISTED_DNS_RESOLVER = "crawler.guard.resolver.GuardedResolver"
NAMED_HOSTS: list[str] = []

DOWNLOAD_HANDLERS = {
    "http": "crawler.guard.handler.GuardedHandler",
    "https": "crawler.guard.handler.GuardedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# Pages like each other (``/tag/*/``) that may yield no post before no more like them are fetched; each post earns more.
# At a page a second this many take eight minutes.
TRAP_PAGES = 500

# Every wait ends, every body is bounded.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 10_000_000  # what the HTML parser takes as one text; no article is larger
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 10
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spiders report what failed, once

# Says when the last request of a site is done: each site is remembered, and free for other runs, as soon as it is.
SCHEDULER = "crawler.scheduler.SiteScheduler"
# A slow site does not take the places of others.
SCHEDULER_PRIORITY_QUEUE = "crawler.scheduler.PatientQueue"

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

# Metrics for Prometheus, where somebody is told: a file for node_exporter, or a port that this process listens on. The
# other defaults, with their reasons, are in crawler.metrics.options; see docs/metrics.md.
METRICS_FILE = os.environ.get("METRICS_FILE") or None
METRICS_PORT = os.environ.get("METRICS_PORT") or None
METRICS_HOST = os.environ.get("METRICS_HOST") or None
METRICS_TASK = os.environ.get("METRICS_TASK") or None

CLOSING_TABLE = True
PROGRESS = True  # on a terminal; elsewhere there is none
LOG_AS = os.environ.get("LOG_AS") or "text"  # "json": an object on each line, for what collects logs

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
}

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.addresses.AddressGuard": 10,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.onsite.Onsite": 50,
    "crawler.middlewares.traps.Traps": 60,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.lock.LostLock": 60,
    "crawler.middlewares.browser.BrowserPages": 70,  # what it needs is fetched by requests of their own
    "crawler.middlewares.robots.RobotsTxt": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.backoff.BackoffRetry": 550,
    "crawler.middlewares.conduct.Conduct": 560,  # what robots.txt forbids counts for nothing; walls are not retried
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.compression.Compression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.onsite.Redirect": 600,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # WordPress redirects by status
    "crawler.middlewares.archive.Archive": 950,  # the last before the wire: nothing is unpacked yet
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no spider here has a password of a site
}
# Of each site on its own: a process that lives for weeks asks a site for the same again at its next look.
DUPEFILTER_CLASS = "crawler.dupefilter.SiteDupeFilter"

SPIDER_MIDDLEWARES = {
    "crawler.middlewares.lock.SiteLock": 10,
    "crawler.middlewares.replay.Replay": 20,
    # Each is one more asynchronous generator around every article and request, and nothing here asks what it tells.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
# Scrapy loads what is switched off all the same, even by None in EXTENSIONS: of these two, aiohttp at every start.
EXTENSIONS_BASE = {
    name: place
    for name, place in default_settings.EXTENSIONS_BASE.items()
    if name not in ("scrapy.extensions.telnet.TelnetConsole", "scrapy.extensions.remote_control.RemoteControl")
}
EXTENSIONS = {
    "crawler.extensions.secrets.Secrets": -10,
    "crawler.extensions.terminal_log.TerminalLog": -9,
    "crawler.storage.database.Database": 0,
    "crawler.extensions.spill.Spill": 5,
    "crawler.extensions.run_record.RunRecord": 10,
    "crawler.extensions.site_memory.SiteMemory": 20,
    "crawler.extensions.browser.Browser": 25,
    "crawler.extensions.site_end.SiteEnd": 30,
    "crawler.extensions.site_slice.SiteSlice": 35,
    "crawler.extensions.event_delivery.EventDelivery": 40,
    "crawler.extensions.site_ledger.SiteLedger": 60,
    "crawler.extensions.metrics.Metrics": 70,
    "crawler.extensions.progress.Progress": 890,  # it ends before the closing table
    "crawler.extensions.closing_table.ClosingTable": 900,
    "crawler.extensions.contact.ContactWarning": 0,
    "crawler.extensions.pace.Pace": 0,
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

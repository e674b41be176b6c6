"""After a whole crawl: what became of the stored articles that no page led to?"""

import logging

from crawler.routes.candidates import Candidate, Role
from crawler.spiders.base import SWEEP
from crawler.spiders.site_crawl import SiteCrawl
from crawler.storage.articles import Articles
from crawler.storage.database import Database

logger = logging.getLogger(__name__)


async def unseen(crawl: SiteCrawl) -> list[Candidate]:
    """Every stored article of a site that a whole crawl of it did not come by.

    Asked for, it is there still (and was merely linked nowhere), or answers 404 or 410 and is on its way to ``gone``.
    """
    progress, crawler = crawl.progress, crawl.spider.crawler
    if not crawl.is_full or crawl.broken or not progress.tally.seen:
        return []
    articles = Articles(Database.of(crawler).db)
    found = await articles.not_seen_since(progress.site, progress.continues_since or crawl.began, progress.types)
    wanted = [(url, wp_id) for url, wp_id in found if url not in progress.requested]
    if wanted:
        logger.info("%s: looking after %d stored articles that no route led to", progress.site, len(wanted))
    progress.requested.update(url for url, _ in wanted)
    return [Candidate(url, Role.POST, SWEEP, wp_id=wp_id) for url, wp_id in wanted]

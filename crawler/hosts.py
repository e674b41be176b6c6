"""Which host a request is for."""

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached


def host_of(request: Request) -> str:
    """Host and port in lower case without ``www.``: what locks and limits are told by, as in ``urls.site_id``."""
    return urlparse_cached(request).netloc.lower().removeprefix("www.")

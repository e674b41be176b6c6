"""The headers of a conditional GET."""

from crawler.site_record import Validator
from crawler.spiders.fetching import conditions

FEED = "https://news.example/feed/"
MODIFIED = "Wed, 03 Dec 2025 18:00:00 GMT"


def test_one_validator_is_sent_and_the_etag_only_where_there_is_no_other() -> None:
    both = Validator(url=FEED, last_modified=MODIFIED, etag='W/"a"')
    assert conditions(both) == {"If-Modified-Since": MODIFIED}
    assert conditions(Validator(url=FEED, etag='W/"a"')) == {"If-None-Match": 'W/"a"'}
    assert conditions(Validator(url=FEED)) == {}
    assert conditions(None) == {}

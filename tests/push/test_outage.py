"""The database goes away under ``scrapy crawl listen``: what is pushed meanwhile is stored when it is back."""

from pathlib import Path

from benchmarks.drills.outages import database, killed
from tests.spiders.listening import listening
from tests.spiders.rest_site import serve
from tests.spiders.running import Scrapy
from tests.spiders.site_list import a_site, follow, is_known, publish
from tests.spiders.test_site_memory import record, stored
from tests.waiting import soon


def test_a_push_during_an_outage_is_not_answered_as_if_it_were_stored_and_is_stored_all_the_same(
    tmp_path: Path,
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    with database(tmp_path / "mongo") as server, serve(a_site(1)) as site:
        scrapy = Scrapy(server.uri, "presswalk")
        follow(scrapy, site)
        with listening(scrapy, logs, SPILL_FOLDER=str(tmp_path / "spill")) as listener:
            assert soon(lambda: is_known(scrapy, site)), listener.log()
            with killed(server):
                publish(site, 2)
                assert listener.ping(site.origin) == 503, listener.log()
            assert soon(lambda: stored(scrapy, site) == {1, 2}), listener.log()
            assert soon(lambda: "pushed_at" not in record(scrapy, site))
            assert listener.stop() == 0, listener.log()
        assert "Traceback" not in listener.log()
        counts = scrapy.last_run()["counts"]
        assert (counts["storage"], counts["push"]["failed/store"]) == ({}, 1)

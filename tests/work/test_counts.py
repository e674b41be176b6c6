"""What a worker counts and tells."""

from crawler.work.counts import WorkCounts


def test_jobs_are_counted_and_the_numbers_of_crawls_added_up() -> None:
    counts = WorkCounts()
    assert counts.told().startswith("nothing taken yet; 0 new articles; ")
    for what in ("taken", "taken", "done"):
        counts.count(what)
    of_a_crawl = {"presswalk/articles/added": 600, "presswalk/x": "words", "downloader/request_count": 7, "item": 3}
    counts.add(of_a_crawl)
    counts.add(of_a_crawl)
    assert counts.counted == {
        "work/taken": 2, "work/done": 1, "presswalk/articles/added": 1200, "downloader/request_count": 14,
    }  # fmt: skip
    assert counts.told().startswith("done 1, taken 2; 1,200 new articles; ")

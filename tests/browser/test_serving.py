"""The scripts of a site are kept within a size."""

from scrapy.http import Response

from crawler.browser.serving import ScriptCache


def _script(size: int) -> Response:
    return Response("https://news.example/app.js", body=b"x" * size)


def test_the_oldest_scripts_make_room() -> None:
    cache = ScriptCache(most_bytes=100)
    for name in "abc":
        cache.put(name, _script(40))
    assert cache.get("a") is None
    assert cache.get("b") is not None
    assert cache.get("c") is not None
    cache.put("large", _script(101))
    assert [cache.get(name) for name in ("b", "c", "large")] == [None, None, None]

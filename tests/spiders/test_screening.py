"""Which requests of a page are made where only some posts are asked for."""

from scrapy import Request

from crawler.routes.candidates import Candidate, Role
from crawler.spiders.output import Output
from crawler.spiders.screening import only_new, posts_asked, without
from tests.examples import an_article


def request(name: str, role: Role | None) -> Request:
    url = f"https://news.example/{name}/"
    return Request(url, cb_kwargs={"candidate": Candidate(url, role, "archive")} if role is not None else {})


POST, MAYBE = request("post", Role.POST), request("maybe", Role.MAYBE)
PAGE_2, HOME = request("page/2", Role.ARCHIVE), request("", None)
READ = an_article()
OUTPUTS: list[Output] = [READ, POST, MAYBE, PAGE_2, HOME]


def test_posts_and_what_may_be_some_are_told_from_lists() -> None:
    assert posts_asked(OUTPUTS) == [POST.cb_kwargs["candidate"], MAYBE.cb_kwargs["candidate"]]


def test_what_was_read_is_left_out() -> None:
    assert list(without(OUTPUTS, {POST.url, "https://news.example/other/"})) == [READ, MAYBE, PAGE_2, HOME]


def test_a_list_is_followed_as_long_as_it_names_new_posts() -> None:
    asked = posts_asked(OUTPUTS)
    assert list(only_new(OUTPUTS, asked, {MAYBE.url})) == [READ, MAYBE, PAGE_2, HOME]
    assert list(only_new(OUTPUTS, asked, ())) == [READ, HOME]
    assert list(only_new([READ, PAGE_2], [], ())) == [READ, PAGE_2], "a list of categories names none"

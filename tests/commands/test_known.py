"""What is said of a site that is not known."""

from crawler.commands.known import not_known


def test_it_is_named_with_those_that_are() -> None:
    assert not_known("nosuch", ["a.example", "b.example"]) == "nosuch is not known; known are a.example, b.example"
    assert not_known("b.example/blog", ["b.example"]) == "b.example/blog is not known; known are b.example"
    assert not_known("nosuch", []) == "nosuch is not known; no site is"


def test_of_many_only_some_are_named() -> None:
    many = [f"{number}.test" for number in range(1012)]
    assert not_known("nosuch", many).endswith("8.test, 9.test and 1,002 more")


def test_those_that_look_like_it_are_named_alone() -> None:
    known = ["gazette.example", "news.example", "other.test"]
    assert not_known("newz.example", known) == "newz.example is not known; did you mean news.example?"
    assert not_known("gazette", known) == "gazette is not known; did you mean gazette.example?"

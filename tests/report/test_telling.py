"""Changes and stories by name."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from crawler.asking.differences import Piece, word_pieces
from crawler.report.model import Told
from crawler.report.telling import changes, shortened, stories, told

from ..examples import NOW, stored

ZONE = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def test_an_edit_is_shown_with_when_it_came() -> None:
    before = stored(title="The bridge stays")
    after = before | {"title": "The bridge goes", "last_changed_at": before["published_at"] + 2 * HOUR}
    made = changes([{"_id": "title", "articles": 1}], [(before | {"changed": ["title"]}, after)], [], ZONE)
    [edit] = made.edits
    assert edit.article == Told(
        "The bridge goes", after["url"], "news.example", "2025-12-01 21:00", "2 h 0 min after publication"
    )
    assert list(edit.fields) == [
        ("title", [Piece("same", "The bridge "), Piece("old", "stays"), Piece("new", "goes")]),
    ]


def test_only_what_a_browser_may_open_is_a_link() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", " javascript:alert(1)", ""):
        assert told({"url": url, "site": "a.example"}, "published_at", ZONE).url is None
    assert told({"url": "HTTPS://a.example/", "site": "a.example"}, "published_at", ZONE).url == "HTTPS://a.example/"


def test_no_secret_of_a_url_is_handed_on() -> None:
    url = told({"url": "https://a.example/?token=s3cr3t", "site": "a.example"}, "published_at", ZONE).url
    assert url is not None
    assert "s3cr3t" not in url


def test_what_is_unchanged_is_cut_at_words() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    cut = list(shortened([Piece("old", "a "), Piece("same", words), Piece("new", "b")]))
    assert [piece.kind for piece in cut] == ["old", "same", "new"]
    assert cut[1].text.startswith("word0 word1")
    assert " … " in cut[1].text
    assert cut[1].text.endswith("word98 word99")
    assert len(cut[1].text) < 130


@given(st.text(max_size=3000), st.text(max_size=3000))
def test_a_difference_is_bounded_and_has_nothing_of_a_terminal(old: str, new: str) -> None:
    shown = "".join(piece.text for piece in shortened(word_pieces(old, new)))
    assert len(shown) <= 900 + len(" … and more")
    assert "\x1b" not in shown


def test_stories_are_counted_and_the_largest_named() -> None:
    def story(number: int, *sites: str) -> dict[str, object]:
        articles = [
            {
                "site": site,
                "url": f"https://{site}/{number}/",
                "title": f"Story {number}",
                "published_at": NOW + i * HOUR,
            }
            for i, site in enumerate(sites)
        ]
        return {"sites": list(dict.fromkeys(sites)), "articles": articles}

    made = stories([story(1, "a", "b"), story(2, "b", "a", "c"), story(3, "a", "a"), *[story(4, "b", "a")] * 20], ZONE)
    assert [(bar.name, bar.number) for bar in made.by_sites] == [("1 site", 1), ("2 sites", 21), ("3 sites", 1)]
    assert [(bar.name, bar.number) for bar in made.first] == [("b", 21), ("a", 1)]
    assert (made.total, len(made.largest)) == (23, 10)
    assert [(one.site, one.later) for one in made.largest[0].articles] == [
        ("b", "+0 min"), ("a", "+1 h 0 min"), ("c", "+2 h 0 min"),
    ]  # fmt: skip
    assert made.largest[1].articles[0].title == "Story 1"

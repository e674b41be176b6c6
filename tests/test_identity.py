"""Same text, same post."""

from bson import ObjectId
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import Document
from crawler.identity import article_keys, content_hash, same_post, url_keys

from .examples import HOME, SITE, TEXT, a_document, an_article, stored

WORDS = st.lists(st.text(alphabet="abcxyzäéжщ日本", min_size=1, max_size=8), min_size=1, max_size=12)
GAPS = st.sampled_from([" ", "\n\n", ", ", " — ", "\u00a0", "! ", " … “", "\t"])


def test_the_hash_is_versioned_and_stable() -> None:
    assert content_hash("The bridge stays.") == "1:365e9d17ba612a90892db8b59b0a5582"


@given(WORDS, st.data())
def test_layout_punctuation_and_letter_case_make_no_other_text(words: list[str], data: st.DataObject) -> None:
    shown = "".join(data.draw(st.sampled_from([word, word.upper()])) + data.draw(GAPS) for word in words)
    assert content_hash(shown) == content_hash(" ".join(words))


@given(WORDS, WORDS)
def test_other_words_are_another_text(one: list[str], other: list[str]) -> None:
    assert (content_hash(" ".join(one)) == content_hash(" ".join(other))) is (one == other)


@given(st.text(alphabet=" \n\t.,;:!?-–—…«»“”‘’()[]{}/\\@#$%&*+=<>|~^¿¡·•©™🙂👍❤️", max_size=30))
def test_a_text_without_words_has_no_hash(text: str) -> None:
    assert content_hash(text.replace("™", "")) is None


@given(st.text())
def test_any_text_can_be_hashed(text: str) -> None:
    value = content_hash(text)
    assert value is None or (value.startswith("1:") and len(value) == 34)


def test_nothing_has_no_hash() -> None:
    assert content_hash(None) is content_hash("") is content_hash("  … —\n") is None


def test_keys_are_distinct_in_order_and_only_of_web_urls() -> None:
    urls = [f"{HOME}/b/", None, "mailto:desk@news.example", f"http://www.{SITE}/a?utm_source=x", f"{HOME}/b#top"]
    assert url_keys(urls) == ["news.example/b", "news.example/a"]


def test_the_id_is_a_key_where_it_is_known() -> None:
    article = an_article(wp_id=12, aliases=[f"{HOME}/?p=12", f"{HOME}/old/"])
    assert article_keys(article) == ["news.example?p=12", "news.example/bridge", "news.example/old"]
    assert article_keys(an_article()) == ["news.example/bridge"]


def test_the_plain_permalink_of_a_post_meets_its_id() -> None:
    by_permalink = an_article("ignored", url=f"{HOME}/?p=12")
    assert set(article_keys(by_permalink)) & set(article_keys(an_article(wp_id=12)))


def test_the_same_id_on_the_same_site_is_the_same_post_whatever_its_url() -> None:
    known = stored("old-slug", wp_id=12)
    assert same_post(an_article("new-slug", wp_id=12), [stored("other", wp_id=13), known]) is known


def test_the_same_id_on_another_site_is_another_post() -> None:
    known = stored(wp_id=12, site="other.example", url="https://other.example/bridge/")
    assert same_post(an_article(wp_id=12), [known]) is None


def test_a_url_decides_where_one_side_has_no_id() -> None:
    with_id, without_id = stored(wp_id=12), stored()
    assert same_post(an_article(), [with_id]) is with_id
    assert same_post(an_article(wp_id=12), [without_id]) is without_id
    assert same_post(an_article("x", aliases=[f"http://www.{SITE}/Bridge"]), [without_id]) is without_id


def test_a_url_given_to_another_post_is_another_post() -> None:
    assert same_post(an_article(wp_id=13), [stored(wp_id=12)]) is None


def test_the_id_outweighs_the_url() -> None:
    by_url, by_id = stored("bridge"), stored("former", wp_id=12)
    assert same_post(an_article("bridge", wp_id=12), [by_url, by_id]) is by_id


def test_nothing_in_common_is_another_post() -> None:
    document: Document = {"_id": ObjectId(), **a_document("other"), "url_keys": ["news.example/other"]}
    assert same_post(an_article(), [document, {"_id": ObjectId(), "site": SITE}]) is None


def test_the_same_text_under_two_urls_is_two_posts_with_one_hash() -> None:
    one, other = an_article("one", text=TEXT), an_article("two", text=TEXT.upper())
    assert one.content_hash == other.content_hash
    assert same_post(one, [stored("two")]) is None

"""What shows more of a list, told from all else that can be clicked."""

import pytest

from crawler.routes.more import Control, control_of, more_control


@pytest.mark.parametrize(
    "text",
    ["Load more", "LOAD MORE POSTS", "  Show\n more ", "Older posts →", "← Older posts", "Load more (12)", "Mehr laden",
     "Weitere Beiträge laden", "Ältere Beiträge", "Charger plus d'articles", "Cargar más noticias", "Ver mais",
     "Załaduj więcej", "Показать ещё", "Загрузить ещё", "もっと見る", "加载更多", "더 보기", "عرض المزيد",
     "Näytä lisää"],
)  # fmt: skip
def test_in_the_languages_of_the_world(text: str) -> None:
    assert more_control([Control(0, "Home"), Control(1, text)]) == Control(1, text)
    assert more_control([Control(3, "+", label=text)]) == Control(3, "+", label=text)


@pytest.mark.parametrize(
    "text",
    ["Read more", "More", "Loading", "Load", "Menu", "", "Subscribe to see more than others do", "Weiter", "x" * 500],
)
def test_other_words(text: str) -> None:
    assert more_control([Control(0, text)]) is None


@pytest.mark.parametrize("name", ["load-more", "alm-load-more-btn", "btn_loadmore", "show-more", "ajax-load-more"])
def test_by_its_class(name: str) -> None:
    control = Control(0, "↓", names=("button", name))
    assert more_control([control]) == control


def test_words_count_more_than_classes_and_the_last_more_than_others() -> None:
    first, last, named = Control(0, "Load more"), Control(5, "Load more"), Control(9, "x", names=("load-more",))
    assert more_control([first, last, named]) == last


def test_links_that_lead_elsewhere_and_comments_are_not_clicked() -> None:
    assert more_control([Control(0, "Older posts", href="https://news.example/page/2/")]) is None
    assert more_control([Control(0, "Load more", is_of_comments=True)]) is None


def test_as_a_page_tells_it() -> None:
    told = {"place": 3, "text": "Load more", "label": "", "names": "btn more  ", "href": None, "comments": False}
    assert control_of(told) == Control(3, "Load more", "", ("btn", "more"))

"""Events to deliver."""

from bson import ObjectId

from crawler.events import ArticleEvent

from ..examples import HOME, NOW, SITE

ARTICLES = [ObjectId(f"{number:024x}") for number in range(1, 4)]


def history(revisions: int, first: int = 0) -> list[ArticleEvent]:
    """What happened to the articles, one revision of all after the other."""
    return [
        ArticleEvent(
            id=f"{article_id}:{revision}:changed", type="article.changed", at=NOW, article_id=article_id, site=SITE,
            url=f"{HOME}/{article_id}/", revision=revision, title="Brücke", fields=("title", "text"),
        )
        for revision in range(first, first + revisions)
        for article_id in ARTICLES
    ]  # fmt: skip


def is_ordered(ids: list[str]) -> bool:
    """Whether nothing of an article comes before what led to it."""
    return all(
        (own := [int(told.split(":")[1]) for told in ids if told.startswith(str(article))]) == sorted(own)
        for article in ARTICLES
    )

"""What a sitemap lists, by the names that its generators give it."""

import pytest

from crawler.routes.sitemapnames import Contents, contents_of, post_type_of


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("wp-sitemap-posts-post-1.xml", Contents.POSTS),
        ("?sitemap=posts&sitemap-subtype=post&paged=2", Contents.POSTS),
        ("post-sitemap.xml", Contents.POSTS),
        ("post-sitemap12.xml", Contents.POSTS),
        ("post-sitemap1.xml.gz", Contents.POSTS),
        ("posts-sitemap.xml", Contents.POSTS),
        ("sitemap-posts.xml", Contents.POSTS),
        ("sitemap-pt-post-2025-12.xml", Contents.POSTS),
        ("sitemap-pt-post-p1-2025-12.xml", Contents.POSTS),
        ("sitemap-posttype-post.2025.xml", Contents.POSTS),
        ("news-sitemap.xml", Contents.NEWS),
        ("sitemap-news.xml", Contents.NEWS),
        ("wp-sitemap-posts-page-1.xml", Contents.PAGES),
        ("page-sitemap.xml", Contents.PAGES),
        ("sitemap-pt-page-2024-01.xml", Contents.PAGES),
        ("wp-sitemap-taxonomies-category-1.xml", Contents.TERMS),
        ("wp-sitemap-taxonomies-post_tag-3.xml", Contents.TERMS),
        ("?sitemap=taxonomies&sitemap-subtype=category&paged=1", Contents.TERMS),
        ("category-sitemap.xml", Contents.TERMS),
        ("post_tag-sitemap2.xml", Contents.TERMS),
        ("sitemap-tax-region.xml", Contents.TERMS),
        ("wp-sitemap-users-1.xml", Contents.AUTHORS),
        ("?sitemap=users&paged=1", Contents.AUTHORS),
        ("author-sitemap.xml", Contents.AUTHORS),
        ("image-sitemap-1.xml", Contents.MEDIA),
        ("attachment-sitemap.xml", Contents.MEDIA),
        ("sitemap-misc.xml", Contents.OTHER),
        ("product-sitemap3.xml", Contents.OTHER),
        ("sitemap.xml", Contents.MAYBE),
        ("sitemap-1.xml", Contents.MAYBE),
        ("sitemap_index.xml", Contents.MAYBE),
        ("wp-sitemap.xml", Contents.MAYBE),
        ("?sitemap=index", Contents.MAYBE),
        ("wp-sitemap-posts-brief-1.xml", Contents.MAYBE),
        ("video-sitemap.xml", Contents.MAYBE),
        ("", Contents.MAYBE),
        ("%00.xml", Contents.MAYBE),
    ],
)
def test_the_name_tells(name: str, contents: Contents) -> None:
    assert contents_of(f"https://news.example/{name}") == contents


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wp-sitemap-posts-product-1.xml", "product"),
        ("?sitemap=posts&sitemap-subtype=web_story&paged=1", "web_story"),
        ("product-sitemap3.xml", "product"),
        ("sitemap-pt-event-2025-12.xml", "event"),
        ("sitemap-posttype-event.2025.xml", "event"),
        ("post-sitemap2.xml", "post"),
        ("wp-sitemap-taxonomies-product-1.xml", None),
        ("?sitemap=taxonomies&sitemap-subtype=product", None),
        ("wp-sitemap-users-1.xml", "users"),
        ("sitemap_index.xml", None),
        ("sitemap-1.xml", None),
    ],
)
def test_the_post_type_that_a_name_may_be(name: str, kind: str | None) -> None:
    assert post_type_of(f"https://news.example/{name}") == kind

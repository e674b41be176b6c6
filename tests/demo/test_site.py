"""The newspaper, its permalinks, and how it is changed while it is served."""

import pytest

from demo.content import demo_site
from demo.model import Post
from demo.server import serve
from tests.demo.asking import hrefs, location, status, tree

STICKY = "/2024/11/20/council-meets-in-the-dark/"


def test_the_site_is_what_a_newspaper_is() -> None:
    posts = demo_site().public_posts
    assert len(posts) == 42
    assert {post.language for post in posts} == {"en-US", "de-DE", "ru-RU"}
    assert {name for post in posts for name in post.authors} == {"admin", "Marta Quill", "Anselm Roth", "Павел Орлов"}
    assert [post.page_count for post in posts if post.page_count > 1] == [3]
    assert [post.title for post in posts if post.password] == ["Letters for the night mayor"]
    assert sum(post.sticky for post in demo_site().posts.values()) == 2
    texts = [tuple(post.paragraphs) for post in posts if post.paragraphs]
    assert len(texts) - len(set(texts)) == 1
    assert len({post.published_at for post in posts}) == len(posts)


@pytest.mark.parametrize(
    "permalinks",
    [
        "",
        "/%postname%/",
        "/%category%/%postname%/",
        "/archives/%post_id%",
        "/%postname%.html",
        "/index.php/%year%/%postname%/",
    ],
)
def test_permalink_structures(permalinks: str) -> None:
    site = demo_site(permalinks=permalinks, home_path="/blog")
    with serve(site) as served:
        assert served.url == f"{served.origin}/blog/"
        for post in site.public_posts:
            assert post.path.startswith("/blog/")
            assert hrefs(tree(served, post.path), "link[rel=canonical]") == [served.origin + post.path]
        for link in hrefs(tree(served, "/blog/"), ".widget a"):
            assert status(served, link.removeprefix(served.origin)) == 200, link
        older = hrefs(tree(served, "/blog/"), "a.next.page-numbers")[0].removeprefix(served.origin)
        assert tree(served, older).cssselect(".hentry")
        assert status(served, "/2024/") == 404
        if permalinks:
            paths = {post.id: post.path for post in site.public_posts}
            assert location(served, "/blog/?p=112") == paths[112]


def test_the_site_can_be_changed_while_it_is_served() -> None:
    site = demo_site()
    with serve(site) as served:
        site.edit(112, body="Nobody was there.")
        assert "Nobody was there." in tree(served, STICKY).text_content()
        assert site.posts[112].modified.isoformat() == "2024-11-21T08:55:00-05:00"
        site.reslug(112, "a-dark-session")
        assert location(served, STICKY) == "/2024/11/20/a-dark-session/"
        site.delete(115)
        assert status(served, "/2025/05/06/the-owl-of-mill-lane/") == 404
        moment = site.posts[131].date
        site.add(Post(id=500, slug="new", title="New", body="News.", date=moment, modified=moment))
        assert site.public_posts[0].path == "/2025/12/03/new/"
        with pytest.raises(ValueError, match="already a post 500"):
            site.add(site.posts[500])

"""From WordPress query variables to a view."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from demo import paths
from demo.body import body_pages
from demo.model import Post, Term, User
from demo.site import DemoSite
from demo.views import Archive, ArchiveKind, Embed, Feed, NotFound, Single, View

Variables = Mapping[str, str]
Subject = TypeVar("Subject", Term, User)


def resolve(site: DemoSite, variables: Variables) -> View:
    """The view that WP_Query would come to; NotFound where it sets is_404."""
    if any(name in variables for name in ("p", "page_id", "attachment_id")) or "name" in variables:
        return _singular(site, variables)
    return _listing(site, variables)


def address(site: DemoSite, view: Single | Archive) -> str:
    """The canonical path of a view."""
    if isinstance(view, Archive):
        return paths.paged_path(site, view.path, view.page)
    if site.front_page == view.post.id:
        return paths.home_path(site)
    if view.comment_page:
        return f"{view.path.rstrip('/')}/comment-page-{view.comment_page}/"
    return paths.post_path(site, view.post, view.page)


def _singular(site: DemoSite, variables: Variables) -> View:
    post = _find(site, variables)
    if post is None:
        return NotFound()
    if "feed" in variables:
        return Feed(f"Comments on: {post.title}", [post], post.comments)
    if "embed" in variables:
        return Embed(post)
    return _single(site, post, variables)


def _single(site: DemoSite, post: Post, variables: Variables) -> Single:
    """A page number beyond the last one leads to the post itself, as redirect_canonical() has it."""
    page, last = _number(variables.get("page")), len(body_pages(post.body))
    cpage = _number(variables["cpage"]) if "cpage" in variables and post.comments else None
    return Single(post, paths.post_path(site, post), page if page <= last else 1, cpage)


def _find(site: DemoSite, variables: Variables) -> Post | None:
    """The public post that is meant: by id, slug, former slug, or by the beginning of a slug.

    The latter two are wp_old_slug_redirect() and redirect_guess_404_permalink().
    """
    public = [post for post in site.posts.values() if site.is_public(post)]
    for variable in ("p", "page_id", "attachment_id"):
        if variable in variables:
            return next((post for post in public if str(post.id) == variables[variable]), None)
    slug = variables["name"].lower()
    tests: list[Callable[[Post], bool]] = [
        lambda post: post.slug == slug and post.type != "attachment",
        lambda post: slug in post.old_slugs,
        lambda post: post.type == "post" and post.slug.startswith(slug),
    ]
    return next((post for test in tests for post in public if test(post)), None)


def _listing(site: DemoSite, variables: Variables) -> View:
    archive = _archive(site, variables)
    if archive is None:
        return NotFound()
    if "feed" in variables:
        return _feed(archive)
    if archive.kind == "home" and site.front_page and archive.page == 1:
        return _single(site, site.posts[site.front_page], {})
    empty_is_fine = archive.kind in ("home", "search") and archive.page == 1
    return archive if archive.shown or empty_is_fine else NotFound()


def _feed(archive: Archive) -> View:
    """Ten posts a page (the option ``posts_per_rss``), the newest first; 404 behind the last page."""
    newest_first = sorted(archive.posts, key=lambda post: post.date, reverse=True)
    posts = newest_first[(archive.page - 1) * 10 : archive.page * 10]
    return Feed(archive.title, posts) if posts or archive.page == 1 else NotFound()


def _archive(site: DemoSite, variables: Variables) -> Archive | None:
    page = _number(variables.get("paged"))
    if "s" in variables:
        return _search(site, variables["s"], page)
    if "cat" in variables or "category_name" in variables:
        return _category(site, _term(site.categories, variables.get("cat"), variables.get("category_name")), page)
    if "tag" in variables:
        return _tag(site, site.tags.get(variables["tag"].lower()), page)
    if "author" in variables or "author_name" in variables:
        return _author(site, _term(site.users, variables.get("author"), variables.get("author_name")), page)
    if "m" in variables or "year" in variables:
        return _date(site, variables, page)
    return _make(site, "home", site.name, paths.home_path(site), site.published(), page)


def _make(
    site: DemoSite,
    kind: ArchiveKind,
    title: str,
    path: str,
    posts: list[Post],
    page: int,
    subject: Term | User | None = None,
) -> Archive:
    return Archive(
        kind=kind,
        title=title,
        path=path,
        posts=posts,
        page=page,
        per_page=site.posts_per_page,
        subject=subject,
    )


def _category(site: DemoSite, category: Term | None, page: int) -> Archive | None:
    if category is None:
        return None
    family = {slug for slug, term in site.categories.items() if category.slug in paths.lineage(site, term).split("/")}
    posts = [post for post in site.published() if family & set(post.categories)]
    return _make(site, "category", category.name, paths.category_path(site, category), posts, page, category)


def _tag(site: DemoSite, tag: Term | None, page: int) -> Archive | None:
    if tag is None:
        return None
    posts = [post for post in site.published() if tag.slug in post.tags]
    return _make(site, "tag", tag.name, paths.tag_path(site, tag), posts, page, tag)


def _author(site: DemoSite, user: User | None, page: int) -> Archive | None:
    if user is None:
        return None
    posts = [post for post in site.published() if post.author == user.slug]
    return _make(site, "author", user.name, paths.author_path(site, user), posts, page, user)


def _date(site: DemoSite, variables: Variables, page: int) -> Archive | None:
    m = variables.get("m", "")
    parts = [m[:4], m[4:6], m[6:8]] if m else [variables.get(name, "") for name in ("year", "monthnum", "day")]
    numbers = [int(part) for part in parts if part.isdigit()]
    if not numbers:
        return None
    posts = [
        post
        for post in site.published()
        if post.date.astimezone(site.timezone).timetuple()[: len(numbers)] == tuple(numbers)
    ]
    return _make(site, "date", "-".join(filter(None, parts)), paths.date_path(site, *numbers), posts, page)


def _search(site: DemoSite, words: str, page: int) -> Archive:
    posts = [post for post in site.published() if words.lower() in (post.title + post.body).lower()]
    return _make(site, "search", words, f"{site.home_path}/?s={paths.encoded(words)}", posts, page)


def _term(known: Mapping[str, Subject], wanted_id: str | None, path: str | None) -> Subject | None:
    """By id, or by the last slug of a path: WordPress does not mind a wrong or missing parent."""
    if wanted_id is not None:
        return next((term for term in known.values() if str(term.id) == wanted_id), None)
    return known.get((path or "").rpartition("/")[2].lower())


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() and int(value) > 0 else 1

"""body_class() and post_class()."""

from demo.body import body_pages
from demo.core.context import Context
from demo.model import Post
from demo.views import Archive, Single


def body_class(context: Context) -> str:
    """The classes of ``body``, as get_body_class() gives them."""
    view, front = context.view, context.site.front_page
    if isinstance(view, Single):
        return " ".join(_single_classes(view, front=view.post.id == front))
    if not isinstance(view, Archive):
        return "error404 wp-theme-demo"
    kinds = {
        "home": ["home", "blog"] if not front else ["blog"],
        "search": ["search", "search-results"],
        "date": ["archive", "date"],
    }
    classes = kinds.get(view.kind) or ["archive", view.kind]
    if view.subject is not None:
        classes += [f"{view.kind}-{view.subject.slug}", f"{view.kind}-{view.subject.id}"]
    return " ".join(classes + (["paged", f"paged-{view.page}"] if view.page > 1 else []))


def post_class(context: Context, post: Post) -> str:
    """The classes of a post's container, as get_post_class() gives them."""
    classes = [f"post-{post.id}", post.type, f"type-{post.type}", "status-publish"]
    if post.type == "post":
        classes.append("format-standard")
    classes += ["has-post-thumbnail"] if post.image else []
    classes += ["post-password-required"] if post.password else []
    home = isinstance(context.view, Archive) and context.view.kind == "home" and context.view.page == 1
    classes += ["sticky"] if post.sticky and home else []
    classes.append("hentry")
    if post.type == "post":
        classes += [f"category-{slug}" for slug in post.categories if slug.isascii()]
        classes += [f"tag-{slug}" for slug in post.tags if slug.isascii()]
    return " ".join(classes)


def _single_classes(view: Single, *, front: bool) -> list[str]:
    post = view.post
    if post.type == "page":
        return [*(["home"] if front else []), "page-template-default", "page", f"page-id-{post.id}"]
    if post.type == "attachment":
        return ["attachment", "single", "single-attachment", f"attachmentid-{post.id}", "attachment-png"]
    classes = [
        "post-template-default",
        "single",
        "single-post",
        f"postid-{post.id}",
        "single-format-standard",
    ]
    return classes + (["paged"] if view.page > 1 and len(body_pages(post.body)) > 1 else [])

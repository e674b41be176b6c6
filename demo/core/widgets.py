"""The sidebar's widgets and the menu: links to posts and archives that are not the page's own."""

from demo.core.context import Context, attribute, text
from demo.core.head import shown_title
from demo.paths import month_path


def sidebar(context: Context) -> str:
    """Recent posts, archives by month, categories, a tag cloud, search."""
    widgets = [
        _search(context),
        _recent_posts(context),
        _archives(context),
        _categories(context),
        _tag_cloud(context),
    ]
    return '<aside id="secondary" class="widget-area">' + "\n".join(widgets) + "</aside>"


def menu(context: Context, menu_class: str = "menu") -> str:
    """The main menu: home, top categories, pages."""
    items = [f'<li class="menu-item menu-item-type-custom menu-item-home"><a href="{context.home}">Home</a></li>']
    items += [
        f'<li class="menu-item menu-item-type-taxonomy menu-item-object-category">'
        f'<a href="{attribute(context.category(term.slug))}">{text(term.name)}</a></li>'
        for term in context.site.categories.values()
        if term.parent is None
    ]
    items += [
        f'<li class="menu-item menu-item-type-post_type menu-item-object-page">'
        f'<a href="{attribute(context.permalink(page))}">{text(page.title)}</a></li>'
        for page in context.site.posts.values()
        if page.type == "page"
    ]
    return f'<ul id="primary-menu" class="{menu_class}">{"".join(items)}</ul>'


def _search(context: Context) -> str:
    field = '<input type="search" name="s">'
    form = f'<form role="search" method="get" class="search-form" action="{context.home}">{field}</form>'
    return _widget("search", "Search", form)


def _recent_posts(context: Context) -> str:
    items = "".join(
        f'<li><a href="{attribute(context.permalink(post))}">{shown_title(post)}</a></li>'
        for post in context.site.published()[:5]
    )
    return _widget("recent_entries", "Recent Posts", f"<ul>{items}</ul>")


def _archives(context: Context) -> str:
    """wp_get_archives(): the months that have posts, newest first."""
    dates = [post.date.astimezone(context.site.timezone) for post in context.site.published()]
    months = {month_path(context.site, date): f"{date:%B %Y}" for date in dates}
    items = "".join(f"<li><a href='{attribute(context.url(path))}'>{name}</a></li>" for path, name in months.items())
    return _widget("archive", "Archives", f"<ul>{items}</ul>")


def _categories(context: Context) -> str:
    items = "".join(
        f'<li class="cat-item cat-item-{term.id}">'
        f'<a href="{attribute(context.category(term.slug))}">{text(term.name)}</a></li>'
        for term in context.site.categories.values()
    )
    return _widget("categories", "Categories", f"<ul>{items}</ul>")


def _tag_cloud(context: Context) -> str:
    links = " ".join(
        f'<a href="{attribute(context.tag(term.slug))}" class="tag-cloud-link tag-link-{term.id}">{text(term.name)}</a>'
        for term in context.site.tags.values()
    )
    return _widget("tag_cloud", "Tags", f'<div class="tagcloud">{links}</div>')


def _widget(name: str, title: str, body: str) -> str:
    return f'<section class="widget widget_{name}"><h2 class="widget-title">{title}</h2>{body}</section>'

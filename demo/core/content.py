"""The content of a post: its body with page links, the password form, dates, the excerpt."""

from datetime import datetime

from demo.body import body_pages, paragraphs
from demo.core.context import Context, attribute, text
from demo.model import Post

_PROTECTED = """<form action="{action}" class="post-password-form" method="post">
<p>This content is password-protected. To view it, please enter the password below.</p>
<p><label for="pwbox">Password: <input name="post_password" id="pwbox" type="password" size="20"></label>
<input type="submit" name="Submit" value="Enter"></p></form>"""


def content(context: Context, post: Post, page: int = 1) -> str:
    """the_content() and wp_link_pages()."""
    if post.password:
        return _PROTECTED.format(action=f"{context.home}wp-login.php?action=postpass")
    if post.type == "attachment":
        image = f'<img src="{context.upload(post.slug + ".png")}" alt="{attribute(post.title)}">'
        return f'<p class="attachment">{image}</p>\n{body_pages(post.body)[0]}'
    body = body_pages(post.body)[page - 1].replace("{home}", context.home).replace("{uploads}", context.upload(""))
    return body + link_pages(context, post, page)


def link_pages(context: Context, post: Post, current: int) -> str:
    """The numbers below a multi-page post; nothing for others."""
    count = len(body_pages(post.body))
    if count == 1:
        return ""
    numbers = [
        f'<span class="post-page-numbers current" aria-current="page">{n}</span>'
        if n == current
        else f'<a href="{attribute(context.permalink(post, n))}" class="post-page-numbers">{n}</a>'
        for n in range(1, count + 1)
    ]
    return f'<div class="page-links">Pages: {" ".join(numbers)}</div>'


def excerpt(post: Post) -> str:
    """The beginning of the body as plain text; wp_trim_words()."""
    if post.password:
        return "There is no excerpt because this is a protected post."
    words = " ".join(paragraphs(post.body)).split()
    return text(" ".join(words[:40])) + (" [&hellip;]" if len(words) > 40 else "")


def date(context: Context, moment: datetime) -> str:
    """A date as the site's settings write it: ``March 5, 2024``."""
    local = moment.astimezone(context.site.timezone)
    return f"{local:%B} {local.day}, {local.year}"


def datetime_attribute(context: Context, moment: datetime) -> str:
    """The value of ``time[datetime]``, with the site's offset."""
    return moment.astimezone(context.site.timezone).isoformat()


def posted_time(context: Context, post: Post) -> str:
    """The one or two ``time`` elements of a post, as the default themes print them."""
    published = f'datetime="{datetime_attribute(context, post.date)}">{date(context, post.date)}</time>'
    if post.modified == post.date:
        return f'<time class="entry-date published updated" {published}'
    updated = f'datetime="{datetime_attribute(context, post.modified)}">{date(context, post.modified)}</time>'
    return f'<time class="entry-date published" {published}<time class="updated" {updated}'


def category_links(context: Context, post: Post, rel: str = "category tag", separator: str = ", ") -> str:
    """get_the_category_list()."""
    return separator.join(
        f'<a href="{attribute(context.category(slug))}" rel="{rel}">{text(context.site.categories[slug].name)}</a>'
        for slug in post.categories
    )


def tag_links(context: Context, post: Post) -> str:
    """get_the_tag_list()."""
    return ", ".join(
        f'<a href="{attribute(context.tag(slug))}" rel="tag">{text(context.site.tags[slug].name)}</a>'
        for slug in post.tags
    )

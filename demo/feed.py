"""RSS 2.0 as WordPress writes it."""

from email.utils import format_datetime
from html import escape

from demo.core.content import content, excerpt
from demo.core.context import Context
from demo.model import Comment, Post
from demo.views import Feed

_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(context: Context, feed: Feed) -> str:
    """The feed as XML text."""
    items = [_comment(context, feed.posts[0], comment) for comment in feed.comments]
    items = items or [_item(context, post) for post in feed.posts]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}><channel>'
        f"<title>{escape(feed.title)}</title><link>{context.home}</link>"
        f"<description>{escape(context.site.description)}</description><language>en-US</language>"
        f"<generator>https://wordpress.org/?v=7.1</generator>{''.join(items)}</channel></rss>"
    )


def _item(context: Context, post: Post) -> str:
    names = [context.site.categories[slug].name for slug in post.categories]
    names += [context.site.tags[slug].name for slug in post.tags]
    terms = "".join(f"<category>{_cdata(name)}</category>" for name in names)
    first_page = content(context, post, 1)  # a feed holds no other (get_the_content())
    body = "" if post.password else f"<content:encoded>{_cdata(first_page)}</content:encoded>"
    return (
        f"<item><title>{escape(post.title)}</title><link>{escape(context.permalink(post))}</link>"
        f"<dc:creator>{_cdata(context.site.users[post.author].name)}</dc:creator>"
        f"<pubDate>{format_datetime(post.date)}</pubDate>{terms}"
        f'<guid isPermaLink="false">{context.home}?p={post.id}</guid>'
        f"<description>{_cdata(excerpt(post))}</description>{body}</item>"
    )


def _comment(context: Context, post: Post, comment: Comment) -> str:
    return (
        f"<item><title>By: {escape(comment.author)}</title>"
        f"<link>{escape(context.permalink(post))}#comment-{comment.id}</link>"
        f"<pubDate>{format_datetime(comment.date)}</pubDate><description>{_cdata(comment.text)}</description></item>"
    )


def _cdata(value: str) -> str:
    return f"<![CDATA[{value}]]>"

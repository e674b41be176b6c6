"""Comments, their pages, and the form: comments_template()."""

from demo.core.content import date, datetime_attribute
from demo.core.context import Context, attribute, text
from demo.core.head import shown_title
from demo.model import Comment, Post

_FORM = """<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply</h3>
<form action="{home}wp-comments-post.php" method="post" id="commentform" class="comment-form">
<p class="comment-notes">Your email address will not be published. Required fields are marked *</p>
<p class="comment-form-comment"><label for="comment">Comment *</label>
<textarea id="comment" name="comment"></textarea></p>
<p class="form-submit"><input name="submit" type="submit" value="Post Comment">
<input type="hidden" name="comment_post_ID" value="{id}"></p></form></div>"""


def comments(context: Context, post: Post, asked_page: int | None) -> str:
    """The comment thread with its form; the newest page unless another one was asked for."""
    if post.password:
        return ""
    per_page = context.site.comments_per_page
    last = max(1, -(-len(post.comments) // per_page))
    page = min(asked_page or last, last)
    shown = post.comments[(page - 1) * per_page : page * per_page]
    items = "\n".join(_comment(context, post, comment) for comment in shown)
    thread = (
        f'<h2 class="comments-title">{comments_number(post)} on &ldquo;{shown_title(post)}&rdquo;</h2>' if items else ""
    )
    listed = f'<ol class="comment-list">{items}</ol>' if items else ""
    pager = _pager(context, post, page, last)
    form = _FORM.format(home=context.home, id=post.id)
    return f'<div id="comments" class="comments-area">{thread}{listed}{pager}{form}</div>'


def comments_number(post: Post) -> str:
    """get_comments_number_text()."""
    count = len(post.comments)
    return "No Comments" if count == 0 else "1 Comment" if count == 1 else f"{count} Comments"


def comments_popup_link(context: Context, post: Post) -> str:
    """The link to the comments, which names the post for screen readers."""
    anchor = "#comments" if post.comments else "#respond"
    name = f'<span class="screen-reader-text"> on {shown_title(post)}</span>'
    return f'<a href="{attribute(context.permalink(post))}{anchor}">{comments_number(post)}{name}</a>'


def _comment(context: Context, post: Post, comment: Comment) -> str:
    permalink = context.permalink(post)
    mark = "&#038;" if "?" in permalink else "?"
    when = f'<time datetime="{datetime_attribute(context, comment.date)}">{date(context, comment.date)}</time>'
    return (
        f'<li id="comment-{comment.id}" class="comment depth-1">'
        f'<article id="div-comment-{comment.id}" class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{text(comment.author)}</b> '
        f'<span class="says">says:</span></div><div class="comment-metadata">'
        f'<a href="{attribute(permalink)}#comment-{comment.id}">{when}</a></div></footer>'
        f'<div class="comment-content"><p>{text(comment.text)}</p></div><div class="reply"><a rel="nofollow" '
        f'class="comment-reply-link" href="{attribute(permalink)}{mark}replytocom={comment.id}#respond">Reply</a></div>'
        "</article></li>"
    )


def _pager(context: Context, post: Post, page: int, last: int) -> str:
    """the_comments_navigation(): the same classes as a post's neighbours have, with another meaning."""
    base = context.permalink(post)
    if last == 1 or "?" in base:
        return ""

    def link(number: int, name: str) -> str:
        return f'<a href="{attribute(base.rstrip("/"))}/comment-page-{number}/#comments">{name}</a>'

    older = f'<div class="nav-previous">{link(page - 1, "Older comments")}</div>' if page > 1 else ""
    newer = f'<div class="nav-next">{link(page + 1, "Newer comments")}</div>' if page < last else ""
    return f'<nav class="navigation comment-navigation"><div class="nav-links">{older}{newer}</div></nav>'

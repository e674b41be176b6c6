"""Pages to read: small ones put together for a test, and one whole post as PressBook (the seed's theme) prints it."""

from crawler.reading import Page, parse_page

HOME = "https://news.example/"
URL = "https://news.example/2025/12/03/bridge-opens/"


def page(body: str = "", head: str = "", *, classes: str = "single single-post postid-7", url: str = URL) -> Page:
    """A page of a WordPress post with the given head and body."""
    return parse_page(html(body, head, classes=classes), url)


def html(body: str = "", head: str = "", *, classes: str = "single single-post postid-7", lang: str = "en-US") -> str:
    """The same as text."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><link rel="https://api.w.org/" href="{HOME}wp-json/">{head}</head>'
        f'<body class="{classes}">{body}</body></html>'
    )


def article(inside: str) -> str:
    """The post's element with a headline and a body, and something more in it."""
    story = "<p>" + "The bridge over the river was opened on Wednesday after nine years of work. " * 6 + "</p>"
    return (
        f'<article id="post-7" class="post-7 post type-post hentry category-local tag-river">'
        f'<h1 class="entry-title">Bridge opens</h1>{inside}<div class="entry-content">{story}</div></article>'
    )


PRESSBOOK = html(
    """
    <p class="site-title"><a href="/" rel="home">The Example News</a></p>
    <main><article id="post-7" class="post-7 post type-post status-publish hentry category-uncategorized">
      <header class="entry-header"><h1 class="entry-title">Bridge opens</h1>
        <div class="entry-meta"><span class="posted-on"><span class="screen-reader-text">Posted on </span>
          <a href="/2025/12/03/bridge-opens/" rel="bookmark">
            <time class="entry-date published" datetime="2025-12-03T08:15:00-05:00">December 3, 2025</time>
            <time class="updated" datetime="2025-12-04T09:00:00-05:00">December 4, 2025</time></a></span>
          <span class="posted-by byline">By <span class="author vcard">
          <a class="url fn n" href="/author/admin/">admin</a></span></span>
          <span class="comments-link"><a href="#respond">No Comments
          <span class="screen-reader-text"> on Bridge opens</span></a></span></div></header>
      <div class="entry-content"><p>The bridge over the river was opened on Wednesday, nine years after work began.</p>
        <p>Thousands walked across it before the first cars, and the mayor cut a ribbon of blue silk.</p></div>
      <footer class="entry-meta"><span class="cat-links">
        <a href="/category/uncategorized/" rel="category tag">Uncategorized</a></span></footer></article>
      <nav class="navigation post-navigation"><div class="nav-links">
        <div class="nav-previous"><a href="/2025/12/02/ferry-ends/" rel="prev">Previous Post: Ferry ends</a></div>
        <div class="nav-next"><a href="/2025/12/05/toll-argued/" rel="next">Next Post: Toll argued</a></div></div></nav>
      <div id="comments" class="comments-area">
        <form id="commentform"><input name="comment_post_ID" value="7"></form></div>
    </main>
    <aside class="widget-area"><section class="widget widget_recent_entries"><ul><li>
      <a href="/2025/12/05/toll-argued/">Toll argued</a> <span class="post-date">December 5, 2025</span></li></ul>
      </section>
      <section class="widget widget_categories"><a href="/category/sports/" rel="category">Sports</a></section></aside>
    """,
    """<title>Bridge opens &#8211; The Example News</title>
    <meta name="generator" content="WordPress 6.8">
    <link rel="alternate" type="application/rss+xml" title="The Example News &raquo; Feed"
      href="https://news.example/feed/">
    <link rel="canonical" href="https://news.example/2025/12/03/bridge-opens/">
    <link rel="shortlink" href="https://news.example/?p=7">
    <link rel="stylesheet" href="https://news.example/wp-content/themes/pressbook/style.css">""",
)

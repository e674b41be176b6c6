"""Feeds to read, as WordPress prints them (``feed-rss2.php``, ``feed-atom.php``)."""

SITE = "news.example"
HOME = "https://news.example/"
FEED = "https://news.example/feed/"
URL = "https://news.example/2026/05/04/ferry/"

STORY = (
    "<p>The ferry left the pier at six in the morning, an hour before the fog came down on the estuary.</p>\n"
    "<p>By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed.</p>"
)
TEXT = (
    "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary.\n\n"
    "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed."
)
CUT = "<p>The ferry left the pier at six in the morning, an hour before [&hellip;]</p>"

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def item(content: str | None = STORY, description: str = CUT, *, link: str = URL, more: str = "", id_: int = 7) -> str:
    """One post of an RSS feed; ``more`` comes before what is there anyway."""
    encoded = "" if content is None else f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    return (
        f"<item>{more}<title>Ferry &#8217;lost&#8217; in fog &amp; rain</title><link>{link}</link>"
        f"<comments>{link}#comments</comments><dc:creator><![CDATA[Jane Doe]]></dc:creator>"
        "<pubDate>Mon, 04 May 2026 08:30:00 +0000</pubDate><category><![CDATA[Local]]></category>"
        "<category><![CDATA[harbour]]></category>"
        f'<guid isPermaLink="false">https://news.example/?p={id_}</guid>'
        f"<description><![CDATA[{description}]]></description>{encoded}<slash:comments>3</slash:comments></item>"
    )


def rss(*items: str, head: str = "", namespaces: str = NAMESPACES) -> bytes:
    """An RSS 2.0 feed."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {namespaces}><channel>'
        "<title>The Example News</title><link>https://news.example</link><language>en-GB</language>"
        f"<lastBuildDate>Mon, 04 May 2026 09:00:00 +0000</lastBuildDate>{head}{''.join(items)}</channel></rss>"
    ).encode()


def atom(content: str = STORY, kind: str = "html") -> bytes:
    """An Atom feed of one post."""
    body = content if kind == "xhtml" else f"<![CDATA[{content}]]>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="de-DE">'
        '<title type="text">Die Beispielzeitung</title>'
        '<updated>2026-05-05T10:00:00Z</updated><link rel="alternate" href="https://news.example"/>'
        '<link rel="self" href="https://news.example/feed/atom/"/><entry><author><name>Jane Doe</name>'
        '<uri>https://news.example</uri></author><title type="html"><![CDATA[Ferry &#038; <em>fog</em>]]></title>'
        f'<link rel="replies" href="{URL}#comments"/><link rel="alternate" href="{URL}"/>'
        "<id>https://news.example/?p=7</id><updated>2026-05-05T10:00:00Z</updated>"
        "<published>2026-05-04T08:30:00Z</published>"
        '<category scheme="https://news.example" term="Local"/><category scheme="https://news.example" term="harbour"/>'
        f'<summary type="html"><![CDATA[{CUT}]]></summary><content type="{kind}" xml:base="{URL}">{body}</content>'
        "<thr:total>3</thr:total></entry></feed>"
    ).encode()

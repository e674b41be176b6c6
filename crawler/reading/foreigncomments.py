"""Comments that another system keeps: WordPress knows nothing of them, nor how many there are."""

import re

from crawler.reading.markup import elements_by_id, having_class_like
from crawler.reading.page import Page, per_page, tagged

_NAME = re.compile(
    r"disqus(?:[-_]|$)|dsq-|fb-comments|facebook-comments|coral[-_](?:thread|stream|talk)|livefyre|spot-?im"
    r"|hyvor-talk|commento$|cusdis_thread|remark42|isso-thread|utterances|giscus|graphcomment|vuukle-comments"
    r"|viafoura|openweb-|cackle|muut|replybox|idc-container|fastcomments|hypercomments|vk_comments"
)
"""How class names and ids of the places begin that their scripts fill."""
_SCRIPT = re.compile(
    r"//(?:[\w-]+\.)*(?:disqus\.com|coral\.coralproject\.net|livefyre\.com|spot\.im|hyvor\.com|commento\.io|cusdis\.com"
    r"|utteranc\.es|giscus\.app|graphcomment\.com|vuukle\.com|viafoura\.(?:net|co)|cackle\.me|intensedebate\.com"
    r"|fastcomments\.com|hypercomments\.com)/"
)


@per_page
def has_foreign_comments(page: Page) -> bool:
    """Whether Disqus, Facebook, Coral or the like has the thread of this page."""
    if any(map(_NAME.match, elements_by_id(page))) or having_class_like(page, _is_name):
        return True
    sources = (script.get("src") or "" for script in tagged(page, "script"))
    return any(_SCRIPT.search(source[:_MAX_SOURCE]) for source in sources)


def _is_name(name: str) -> bool:
    return _NAME.match(name) is not None


_MAX_SOURCE = 300
"""Characters of a script's address that are looked at: the host stands at its beginning."""

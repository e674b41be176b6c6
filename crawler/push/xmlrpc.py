"""XML-RPC pings, as WordPress sends them to its update services (``weblog_ping`` in ``wp-includes/comment.php``).

WordPress calls ``weblogUpdates.extendedPing`` with the name of the site, its home and its feed, and
``weblogUpdates.ping`` with the first two if that fails. Other programs give up to five parameters.
"""

import re
from dataclasses import dataclass
from xmlrpc import client  # only its writer is used; what others send is read by lxml

from lxml import etree

from crawler.push.messages import Answer, Refused
from crawler.reading.encoding import decode_page
from crawler.routes.xmlfile import UnreadableXml, xml_source, xml_tree

LARGEST = 65_536
"""Bytes of a call. A ping has under a thousand."""

_LONGEST = 2000
"""Characters of one parameter that are kept."""

NOT_XML, NO_SUCH_METHOD, BAD_PARAMETERS = -32700, -32601, -32602
"""Fault codes, as XML-RPC servers agreed on them and as WordPress's own (``IXR_Server``) uses them."""

_PARAMETERS = {
    "weblogUpdates.ping": ("name", "url", "check_url", "tags", "feed_url"),
    "weblogUpdates.extendedPing": ("name", "url", "check_url", "feed_url", "tags"),
}
"""The order of the parameters. Of three of an ``extendedPing``, the third is the feed: so WordPress calls it."""

_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ping:
    """A site says that it changed. Whatever was not said is empty."""

    name: str
    url: str
    """The home of the site."""
    check_url: str = ""
    """A page that changed."""
    feed_url: str = ""
    tags: tuple[str, ...] = ()


class Fault(Refused):
    """A call that is no ping; ``reason`` is ``xml``, ``dtd``, ``method_name`` or ``parameters``.

    It is answered with status 200: the call arrived (XML-RPC specification, "Response format").
    """

    def __init__(self, reason: str, code: int, words: str) -> None:
        super().__init__(reason, _answer(client.dumps(client.Fault(code, words), methodresponse=True)))
        self.code = code


def parse_ping(body: bytes, content_type: str | None = None) -> Ping:
    """The ping in the body of a request. Raises Fault.

    What stands before the root element is dropped, so no entity is ever declared; a document type is refused besides,
    for no program that pings sends one.
    """
    call = _call(body, content_type)
    method = (call.findtext("methodName") or "").strip()
    if method not in _PARAMETERS:
        raise Fault("method_name", NO_SUCH_METHOD, "only weblogUpdates.ping and weblogUpdates.extendedPing are known")
    values = [_text(value) for value in call.findall("params/param/value")]
    if not 2 <= len(values) <= len(_PARAMETERS[method]):
        raise Fault("parameters", BAD_PARAMETERS, "two to five strings are expected: name, home, …")
    return _ping(method, values)


def _call(body: bytes, content_type: str | None) -> etree._Element:
    if len(body) <= LARGEST and _DTD.search(decode_page(body, content_type)):
        raise Fault("dtd", NOT_XML, "a document type is not accepted")
    try:
        root = xml_tree(xml_source(body, ("methodCall",), LARGEST, content_type), recover=False)
    except (UnreadableXml, etree.XMLSyntaxError):
        root = None
    if root is None or root.tag != "methodCall":
        raise Fault("xml", NOT_XML, "not a well-formed XML-RPC call")
    return root


def _text(value: etree._Element) -> str:
    """A string, with or without ``<string>`` around it. Raises Fault for other types."""
    inner = value[0] if len(value) == 1 and value[0].tag == "string" else value
    if len(inner):
        raise Fault("parameters", BAD_PARAMETERS, "parameters are strings")
    return " ".join((inner.text or "").split())[:_LONGEST]


def _ping(method: str, values: list[str]) -> Ping:
    order: tuple[str, ...] = _PARAMETERS[method]
    if method == "weblogUpdates.extendedPing" and len(values) == 3:
        order = ("name", "url", "feed_url")
    told = dict(zip(order, values, strict=False))
    tags = tuple(tag.strip() for tag in told.get("tags", "").split("|") if tag.strip())
    return Ping(told["name"], told["url"], told.get("check_url", ""), told.get("feed_url", ""), tags)


def thanks() -> Answer:
    """The answer to a ping, in the names of the update service that WordPress is delivered with.

    It is the same for every site, so that it does not tell which sites are followed.
    """
    return _answer(client.dumps(({"flerror": False, "message": "Thanks for the ping."},), methodresponse=True))


def _answer(xml: str) -> Answer:
    return Answer(200, xml.encode(), "text/xml; charset=utf-8")

"""XML-RPC calls as bytes."""

from html import escape


def call(method: str, *values: str) -> bytes:
    """A call as WordPress writes it (``IXR_Request``)."""
    params = "".join(f"<param><value><string>{escape(value)}</string></value></param>\n" for value in values)
    name = f"<methodName>{method}</methodName>"
    return f'<?xml version="1.0"?>\n<methodCall>\n{name}\n<params>\n{params}</params></methodCall>'.encode()


def wordpress_ping(home: str = "https://news.example") -> bytes:
    """What WordPress sends on publishing."""
    return call("weblogUpdates.extendedPing", "The Example News", home, f"{home}/feed/")

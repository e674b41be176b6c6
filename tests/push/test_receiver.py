"""The HTTP server: what it takes, and what it refuses, over real connections."""

from tests.push.calls import wordpress_ping
from tests.push.receiving import Receiving


def test_a_ping_is_taken_and_answered_as_wordpress_expects(receiver: Receiving) -> None:
    reply = receiver.ping(wordpress_ping())
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert "<name>flerror</name>\n<value><boolean>0</boolean></value>" in reply.body
    assert receiver.accepted == [["news.example", "ping", 0.0]]
    assert receiver.counted(accepted__ping=1)

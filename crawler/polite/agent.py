"""Who we say that we are: the User-Agent with the operator's contact address."""

import re

PRODUCT = "Presswalk/0.1"
ROBOTS_NAME = "Presswalk"
"""The product token that robots.txt names us by (RFC 9309, 2.2.1)."""

_LONGEST = 200
_URL = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[!#-'*-;=?-~]*)?", re.ASCII | re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)


def user_agent(contact: str | None) -> str:
    """``Presswalk/0.1 (+CONTACT)``; ``Presswalk/0.1`` without one. Raises ValueError for what is no address.

    A comment of RFC 9110 (10.1.5) ends at its bracket, and a header at its line: neither may be in the address.
    """
    if not contact:
        return PRODUCT
    if len(contact) > _LONGEST or not (_URL.fullmatch(contact) or _MAIL.fullmatch(contact)):
        raise ValueError(
            f"CONTACT is {contact[:80]!r}: write where a site can reach you, the URL of a page about your crawler or"
            " a mail address, without spaces and brackets, as in CONTACT=https://news.example/crawler"
        )
    return f"{PRODUCT} (+{contact})"

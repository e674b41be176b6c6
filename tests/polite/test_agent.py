"""The User-Agent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.polite.agent import PRODUCT, ROBOTS_NAME, user_agent


def test_without_a_contact_it_is_the_product_that_robots_txt_names() -> None:
    assert user_agent(None) == user_agent("") == PRODUCT
    assert PRODUCT.partition("/")[0] == ROBOTS_NAME


@pytest.mark.parametrize(
    "contact",
    ["https://news.example/crawler?from=ua", "http://10.example:8080", "desk@news.example", "mailto:a.b+c@d.e"],
)
def test_a_url_or_a_mail_address_is_named(contact: str) -> None:
    assert user_agent(contact) == f"Presswalk/0.1 (+{contact})"


@pytest.mark.parametrize(
    "contact",
    ["me", "a b@c.example", "https://", "ftp://news.example", "a@b.example\r\nX-Injected: 1", "https://x.example/(a)",
     "https://x.example/\x7f", "javascript:alert(1)", "a@b.example\n", "https://x.example/" + "a" * 200],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_write(contact: str) -> None:
    with pytest.raises(ValueError, match="write where a site can reach you"):
        user_agent(contact)


@given(st.text(max_size=300))
def test_nothing_ends_the_header_or_its_comment(contact: str) -> None:
    try:
        agent = user_agent(contact)
    except ValueError:
        return
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.count("(") == agent.count(")") == bool(contact)

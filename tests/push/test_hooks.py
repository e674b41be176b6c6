"""The webhook: who may send, and what is read."""

import pytest

from crawler.push.hooks import check_sender, parse_site
from crawler.push.messages import Refused
from crawler.push.signature import sign

BODY = b'{"site": "https://news.example"}'
SECRETS = ("first secret", "second secret")


@pytest.mark.parametrize(
    ("authorization", "signed"),
    [
        ("Bearer second secret", None),
        ("bearer  first secret ", None),
        (None, sign(BODY, "first secret")),
        (None, sign(BODY, "second secret", "sha512")),
        ("Basic eDp5", sign(BODY, "second secret")),
    ],
)
def test_a_sender_who_knows_a_secret(authorization: str | None, signed: str | None) -> None:
    check_sender(authorization, signed, BODY, SECRETS)


@pytest.mark.parametrize(
    ("authorization", "signed", "secrets"),
    [
        (None, None, SECRETS),
        ("Bearer", None, SECRETS),
        ("Bearer third", None, SECRETS),
        ("Bearer sécret", None, SECRETS),
        ("Basic first secret", None, SECRETS),
        (None, sign(BODY, "third"), SECRETS),
        (None, sign(b"other", "first secret"), SECRETS),
        ("Bearer ", sign(BODY, "x"), ("", "")),
        ("Bearer ", None, ()),
    ],
)
def test_a_sender_who_knows_none(authorization: str | None, signed: str | None, secrets: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        check_sender(authorization, signed, BODY, secrets)
    assert (refused.value.reason, refused.value.answer.status) == ("token", 401)
    assert refused.value.answer.headers == {"Www-Authenticate": "Bearer"}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (BODY, "application/json; charset=utf-8"),
        (b"site=https%3A%2F%2Fnews.example&x=1", "application/x-www-form-urlencoded"),
    ],
)
def test_the_site_of_a_body(body: bytes, content_type: str) -> None:
    assert parse_site(body, content_type) == "https://news.example"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"site": 7}', "application/json"),
        (b'{"site": ""}', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 60_000, "application/json"),
        (b"site=a&site=b", "application/x-www-form-urlencoded"),
        (b"a=1&" * 60, "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_without_a_site(body: bytes, content_type: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_site(body, content_type)
    assert (refused.value.reason, refused.value.answer.status) == ("no_site", 400)

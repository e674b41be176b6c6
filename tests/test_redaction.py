"""What is said without its secrets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.redaction import HIDDEN, is_secret_name, redact, redacted, secret_values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("see https://jane:pa@ss@news.example/a?p=1 now", "see https://***@news.example/a?p=1 now"),
        ("mongodb://u:p%40@h:27017/?w=1", "mongodb://***@h:27017/?w=1"),
        ("invalid hostname: jane:pass@127.0.0.1", "invalid hostname: ***@127.0.0.1"),
        ("mailto:jane@news.example", "mailto:jane@news.example"),
        ("https://news.example/@jane", "https://news.example/@jane"),
        ("mail jane@news.example", "mail jane@news.example"),
        (
            "https://b.s3.amazonaws.com/a.jpg?w=8&X-Amz-Credential=AK/2025&X-Amz-Signature=ab12&x=1",
            "https://b.s3.amazonaws.com/a.jpg?w=8&X-Amz-Credential=***&X-Amz-Signature=***&x=1",
        ),
        ("https://a.example/f?sv=2024&sig=a%2Fb%3D, done", "https://a.example/f?sv=2024&sig=*** done"),
        ('href="https://a.example/?token=ab&amp;w=8"', 'href="https://a.example/?token=***&amp;w=8"'),
        ("https://a.example/#access_token=ab", "https://a.example/#access_token=***"),
        ("/go?url=%2F%2Fb.example%2F%3Ftoken%3Dab%26w%3D1&z=2", "/go?url=%2F%2Fb.example%2F%3Ftoken%3D***%26w%3D1&z=2"),
        ("https://a.example/?token=a?token=b&token=", "https://a.example/?token=***&token="),
        ("https://news.example/?p=12&keyword=key&monkey=1", "https://news.example/?p=12&keyword=key&monkey=1"),
    ],
)  # fmt: skip
def test_what_a_url_leads_to_stays_readable(text: str, said: str) -> None:
    assert redact(text) == said


@pytest.mark.parametrize(
    "name",
    ["X-Amz-Signature", "X-Amz-Security-Token", "X-Goog-Credential", "Key-Pair-Id", "Policy", "sig", "Signature",
     "token", "access_token", "hub.secret", "hub.verify_token", "api-key", "apikey", "key", "password",
     "post_password", "pwd", "PHPSESSID", "sessionid", "sid", "_wpnonce", "jwt", "hdnea", "authkey",
     "X%2DAmz%2DSignature"],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["p", "page_id", "author", "orderby", "per_page", "modified_after", "w", "keyword", "monkey", "X-Amz-Date",
     "expires",     "passage", "design", "hub.mode", "rest_route"],
)  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    assert not is_secret_name(name)


words = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=6, max_size=20)


@given(words, words, st.sampled_from(["token", "X-Amz-Signature", "key", "password"]), st.text(max_size=20))
def test_no_secret_is_left(secret: str, user: str, name: str, around: str) -> None:
    url = f"https://{user}Q:{secret}Q@news.example/?a=1&{name}={secret}Q&b=2"
    said = redact(f"{around} {url} {around}")
    assert secret + "Q" not in said.replace(around, "")
    assert "news.example/?a=1&" in said


@given(st.text())
def test_it_is_said_the_same_way_twice(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    "part", ["://", "?", "&a", "?a%2d", "@://", "%3F", "?token=", "a", "?token%3D%26", "a:", " a:b", "@"]
)
def test_no_text_takes_long(part: str) -> None:
    began = time.process_time()
    redact("://" + part * (1_000_000 // len(part)) + "@=")
    assert time.process_time() - began < 5


def test_structures() -> None:
    told = {"site": ["https://a.example/?token=ab"], "full": True, "routes": {"rest": ("/?sig=x", None)}}
    assert redacted(told) == {
        "site": ["https://a.example/?token=***"], "full": True, "routes": {"rest": ["/?sig=***", None]},
    }  # fmt: skip


def test_what_settings_keep_secret() -> None:
    settings = {
        "MONGODB_URI": "mongodb://u:pass%40word@h/",
        "PUSH_WEBHOOK_SECRETS": "first-one, second",
        "EVENTS_WEBHOOK_SECRET": "a,b-secret",
        "AWS_SECRET_ACCESS_KEY": "wJalrX",
        "HTTPAUTH_PASS": "short",
        "TELNETCONSOLE_PASSWORD": None,
        "BOT_NAME": "presswalk",
        "DOWNLOAD_DELAY": 1,
    }
    found = ["pass%40word", "a,b-secret", "pass@word", "first-one, second", "first-one", "b-secret", "second", "wJalrX"]
    assert sorted(secret_values(settings)) == sorted(found)
    assert secret_values({"MONGODB_URI": "mongodb://[", "PUSH_WEBHOOK_SECRETS": ["one-of-them"]}) == ["one-of-them"]
    assert HIDDEN not in secret_values({})

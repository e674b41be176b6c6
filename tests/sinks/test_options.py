"""The ``EVENTS_…`` settings."""

import pytest
from scrapy.settings import Settings

from crawler.sinks.options import SinkOptions

URL = "https://alerts.example/hook?token=hush"


def of(**told: object) -> SinkOptions:
    return SinkOptions.of(Settings(told))


def test_one_url_or_several_with_names() -> None:
    assert of().webhooks == {}
    assert of(EVENTS_WEBHOOK_URLS=f" {URL} ").webhooks == {"webhook": URL}
    assert of(EVENTS_WEBHOOK_URLS=f'{{"a": "{URL}", "b_2": "http://127.0.0.1:8000/"}}').webhooks == {
        "a": URL, "b_2": "http://127.0.0.1:8000/",
    }  # fmt: skip
    assert of(EVENTS_WEBHOOK_URLS={"a": URL}).webhooks == {"a": URL}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("ftp://hush.example/", "what is given for webhook is no http"),
        ("https:///hush", "no http"),
        ("https://hush.example:port/", "no http"),
        ("hush.example/hook", "no http"),
        ('{"a b": "https://hush.example/"}', "'a b' cannot be the name"),
        ('{"a": ', "begins like a JSON object"),
        (["hush"], "neither a URL nor a JSON object"),
    ],
)
def test_what_is_wrong_is_told_without_the_url(told: object, why: str) -> None:
    with pytest.raises(ValueError, match="EVENTS_WEBHOOK_URLS") as raised:
        of(EVENTS_WEBHOOK_URLS=told)
    assert why in str(raised.value)
    assert "hush" not in str(raised.value)


def test_other_settings() -> None:
    options = of(EVENTS_WEBHOOK_SECRET="hush", EVENTS_PARK_AFTER="3", EVENTS_WEBHOOK_BEGIN="beginning")
    assert (options.secret, options.park_after, options.begin) == ("hush", 3, "beginning")
    for wrong in ({"EVENTS_WEBHOOK_BEGIN": "later"}, {"EVENTS_WEBHOOK_TIMEOUT": 60}, {"EVENTS_WEBHOOK_TIMEOUT": 0}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            of(**wrong)

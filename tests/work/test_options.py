"""The settings of the queue."""

import pytest
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.work.options import WorkOptions, shown


def settings(**told: object) -> Settings:
    return Settings({**get_project_settings(), "NATS_URL": "nats://127.0.0.1:4222", **told})


def test_the_defaults() -> None:
    options = WorkOptions.of(settings())
    assert (options.urls, options.stream, options.sites) == (("nats://127.0.0.1:4222",), "PRESSWALK", 32)
    assert (options.lease.total_seconds(), options.slice_seconds, options.slice_requests) == (90, 900, 1000)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"NATS_URL": None}, r"start a server with: nats-server -js"),
        ({"NATS_URL": "127.0.0.1:4222"}, r"NATS_URL is nats://HOST:PORT"),
        ({"NATS_URL": "nats://"}, r"NATS_URL is nats://HOST:PORT"),
        ({"WORK_SITES": "0"}, r"WORK_SITES must be 1 or more"),
        ({"LEASE_SECONDS": "1"}, r"LEASE_SECONDS must be 3 or more"),
        ({"WORK_SLICE_SECONDS": "-1"}, r"must be 0 \(no limit\) or more"),
        ({"WORK_STREAM": "a.b"}, r"WORK_STREAM is a name"),
    ],
)
def test_what_is_wrong_is_said(told: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        WorkOptions.of(settings(**told))


def test_no_password_is_shown() -> None:
    assert shown(("nats://presswalk:secret@queue.example:4333", "tls://other.example")) == (
        "queue.example:4333, other.example:4222"
    )

"""The settings of the receiver."""

import pytest
from scrapy.settings import Settings

from crawler.push.addresses import networks
from crawler.push.options import Options


def test_without_settings_only_this_machine_reaches_it() -> None:
    options = Options.of(Settings())
    assert options == Options()
    assert (options.host, options.port, options.webhook_secrets) == ("127.0.0.1", 6080, ())


def test_settings() -> None:
    told = {
        "PUSH_HOST": "0.0.0.0",
        "PUSH_PORT": "8000",
        "PUSH_URL": "https://push.example/",
        "PUSH_HOSTS": "Push.example, 127.0.0.1",
        "PUSH_TRUSTED_PROXIES": "10.0.0.0/8",
        "PUSH_PATH_SECRET": "s3cret",
        "PUSH_WEBHOOK_SECRETS": "one,two",
        "PUSH_DEBOUNCE_SECONDS": "5",
    }
    assert Options.of(Settings(told)) == Options(
        host="0.0.0.0",
        port=8000,
        url="https://push.example",
        hosts=frozenset({"push.example", "127.0.0.1"}),
        trusted_proxies=networks(["10.0.0.0/8"]),
        path_secret="s3cret",
        webhook_secrets=("one", "two"),
        debounce=5.0,
    )


def test_where_hubs_and_servers_call_back() -> None:
    options = Options(url="https://push.example")
    assert options.websub_callback("token") == "https://push.example/websub/token"
    assert options.rsscloud_callback() == "https://push.example/rsscloud"
    assert Options(url="http://x", path_secret="s3").rsscloud_callback() == "http://x/rsscloud/s3"


def test_a_proxy_that_is_no_network() -> None:
    with pytest.raises(ValueError, match="nginx"):
        Options.of(Settings({"PUSH_TRUSTED_PROXIES": ["nginx"]}))


@pytest.mark.parametrize(
    ("name", "value"), [("PUSH_PORT", "abc"), ("PUSH_URL", "push.example"), ("PUSH_URL", "http://")]
)
def test_what_is_no_port_and_no_address_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is '{value}'"):
        Options.of(Settings({name: value}))

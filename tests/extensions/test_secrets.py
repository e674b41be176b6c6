"""What the log says of secrets."""

import logging
from io import StringIO

import pytest

from crawler.extensions.secrets import Redaction

SIGNED = "https://u:hunter22@news.example/a?token=hunter22&w=8"


@pytest.fixture
def log() -> tuple[logging.Logger, StringIO]:
    """A logger with one handler, as Scrapy's root has, and what it wrote."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Redaction(["open-sesame"]))
    logger = logging.Logger("tests")
    logger.addHandler(handler)
    return logger, written


def test_messages_arguments_and_tracebacks_are_redacted(log: tuple[logging.Logger, StringIO]) -> None:
    logger, written = log
    logger.info("%s could not be fetched (%d)", SIGNED, 500)
    logger.info("settings: {'PUSH_WEBHOOK_SECRETS': 'open-sesame'}")
    try:
        int(SIGNED)
    except ValueError:
        logger.exception("at %s", SIGNED)
    lines = written.getvalue().splitlines()
    assert lines[:2] == [
        "https://***@news.example/a?token=***&w=8 could not be fetched (500)",
        "settings: {'PUSH_WEBHOOK_SECRETS': '***'}",
    ]
    assert lines[-1] == "ValueError: invalid literal for int() with base 10: 'https://***@news.example/a?token=***&w=8'"
    assert "hunter22" not in written.getvalue()


def test_what_holds_no_secret_is_left_as_it_is() -> None:
    record = logging.LogRecord("tests", logging.INFO, __file__, 1, "%s: %d posts", ("news.example", 3), None)
    assert Redaction().filter(record)
    assert record.args == ("news.example", 3)


def test_a_wrong_message_is_left_to_its_handler() -> None:
    record = logging.LogRecord("tests", logging.INFO, __file__, 1, "%d posts", ("many",), None)
    assert Redaction().filter(record)
    assert record.args == ("many",)

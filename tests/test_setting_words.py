"""Settings that are one of a few words, and names that look misspelt."""

import pytest
from scrapy.settings import Settings

from crawler import settings as ours
from crawler.nearest import did_you_mean
from crawler.setting_words import check_database_name, check_words, misspelt


def settings(**told: str) -> Settings:
    """Ours, with what the command line says."""
    made = Settings()
    made.setmodule(ours, priority="project")
    made.setdict(told, priority="cmdline")
    return made


_LEVELS = "DEBUG, INFO, WARNING, WARN, ERROR, CRITICAL, FATAL or NOTSET"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"DUPLICATES": "dorp"}, "DUPLICATES is 'dorp'; it is mark or drop; did you mean drop?"),
        ({"LOG_AS": "xml"}, "LOG_AS is 'xml'; it is text or json"),
        (
            {"LOG_LEVEL": "debug"},
            f"LOG_LEVEL is 'debug'; it is {_LEVELS}; did you mean DEBUG?",
        ),
        ({"ROBOTSTXT_OBEY": "maybe"}, "ROBOTSTXT_OBEY is 'maybe'; it is 1 (on) or 0 (off)"),
        ({"PROGRESS": ""}, "PROGRESS is ''; it is 1 (on) or 0 (off)"),
    ],
)
def test_a_word_that_a_setting_cannot_be(told: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match="; it is ") as caught:
        check_words(settings(**told))
    assert str(caught.value) == said


def test_what_a_setting_can_be() -> None:
    check_words(settings(DUPLICATES="drop", ROBOTSTXT_OBEY="False", LOG_LEVEL="ERROR"))
    in_a_file = settings()
    in_a_file.set("LOG_LEVEL", 20, priority="project")
    check_words(in_a_file)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DUPLICATE", "DUPLICATES"), ("MONGO_URI", "MONGODB_URI"), ("warc_dir", "WARC_DIR"),
        ("DOWNLOAD_DELAYS", "DOWNLOAD_DELAY"), ("PUSH_HOTS", "PUSH_HOSTS"),
    ],
)  # fmt: skip
def test_a_name_that_is_misspelt(name: str, meant: str) -> None:
    assert list(misspelt(settings(**{name: "1"}))) == [
        f"-s {name}=… is no setting, and does nothing; did you mean {meant}?"
    ]


def test_names_that_are_settings_or_of_somebody_else() -> None:
    told = dict.fromkeys(("DUPLICATES", "METRICS_SECONDS", "PUSH_URL", "JOBDIR", "SENTRY_DSN"), "1")
    assert list(misspelt(settings(**told))) == []


@pytest.mark.parametrize("name", ["", "a b", "a.b", "a/b", "a$b", "a\0b", "ä" * 32])
def test_what_is_no_name_of_a_database(name: str) -> None:
    with pytest.raises(ValueError, match=r"(?s)MONGODB_DATABASE is .*; it has up to 63 bytes"):
        check_database_name(settings(MONGODB_DATABASE=name))
    check_database_name(settings(MONGODB_DATABASE="press-walk_2"))


def test_what_is_like_a_name() -> None:
    assert did_you_mean("limt", ["limit", "site"], "-a {}=…") == "; did you mean -a limit=…?"
    assert did_you_mean("colour", ["limit", "site"]) == ""

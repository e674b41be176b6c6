"""Commands that only ask, run in this process: a process of its own costs each a second or two."""

from collections.abc import Callable

import pytest
from scrapy.cmdline import execute

from tests.spiders.running import Outcome, Scrapy

Ask = Callable[..., Outcome]


def asking(scrapy: Scrapy, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs ``scrapy COMMAND…`` against the database of a test."""

    def ask(*command: str) -> Outcome:
        told = (f"MONGODB_URI={scrapy.uri}", f"MONGODB_DATABASE={scrapy.database_name}")
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", *command, *(part for setting in told for part in ("-s", setting))])
        out, err = capsys.readouterr()
        return Outcome(int(end.value.code or 0), out, err)

    return ask

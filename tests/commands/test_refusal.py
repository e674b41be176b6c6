"""What a command says that has no database."""

import pytest

from crawler.commands.refusal import no_storage
from crawler.storage.connect import StorageInterrupted, StorageUnavailable


@pytest.mark.parametrize(
    ("error", "status"),
    [(StorageUnavailable("no MongoDB answers"), 7), (StorageInterrupted("interrupted before anything began"), 9)],
)
def test_the_status_tells_a_failure_from_an_interruption(
    error: StorageUnavailable, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert no_storage("crawl", error) == status
    assert capsys.readouterr() == ("", f"scrapy crawl: {error}\n")

"""Whatever the gateways ask of a collection waits for a database that is away."""

import re
from pathlib import Path

from pymongo.asynchronous.collection import AsyncCollection

import crawler.storage
from crawler.storage.patient import PatientCollection

_SOURCES = {path.name: path.read_text() for path in Path(crawler.storage.__file__).parent.glob("*.py")}


def test_every_operation_that_is_used_is_done_again_after_an_outage() -> None:
    used = {name for source in _SOURCES.values() for name in re.findall(r"await (?:self\.)?\w+\.([a-z]\w+)\(", source)}
    operations = {name for name in used if hasattr(AsyncCollection, name)}
    assert {"find_one", "replace_one", "update_one"} <= operations
    assert operations - vars(PatientCollection).keys() == set()


def test_nobody_reads_documents_one_after_the_other() -> None:
    """What was given cannot be given again: ``to_list`` waits, the documents of a cursor do not."""
    assert [name for name, source in _SOURCES.items() if "async for" in source] == []

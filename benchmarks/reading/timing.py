"""CPU time of a reader on a page."""

from functools import cache
from time import process_time

from benchmarks.reading.readers import Answer, Reader


def timed(reader: Reader, html: str, url: str) -> tuple[Answer, float]:
    """The answer and the seconds of CPU it took; a reader that fails has no answer."""
    start = process_time()
    try:
        answer = reader(html, url)
    except Exception as error:  # noqa: BLE001 - other people's readers raise anything
        _tell_once(reader.__name__, type(error).__name__)
        answer = Answer()
    return answer, process_time() - start


@cache
def _tell_once(reader: str, error: str) -> None:
    print(f"{reader} fails on some pages ({error}); they count as not answered.")

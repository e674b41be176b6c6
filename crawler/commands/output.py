"""What commands print: JSON lines, and nothing into a pipe that is closed."""

import os
import select
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bson import json_util

from crawler.changes import Document


def write_jsonl(documents: Iterable[Document]) -> None:
    """A document a line, as MongoDB's Extended JSON."""
    for document in documents:
        line = json_util.dumps(document, json_options=json_util.RELAXED_JSON_OPTIONS, ensure_ascii=False)
        sys.stdout.write(f"{line}\n")


def count(text: str) -> int:
    """What ``--limit`` and the like take: 0 or more. Raises ArgumentTypeError, whose words argparse prints."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is no number of them; write 20, or 0 for all")
    return int(text)


def is_closed() -> bool:
    """Whether standard output is a pipe whose reader has gone, which one who writes nothing would not notice."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(happened & (select.POLLERR | select.POLLHUP) for _, happened in poll.poll(0))


@contextmanager
def until_closed() -> Iterator[None]:
    """Print until the reader of the pipe (``| head``) has seen enough; that is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python fails to flush at its end

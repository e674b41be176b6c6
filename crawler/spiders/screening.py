"""Which of the requests that a page leads to are made, where only some posts are asked for. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from scrapy import Request

from crawler.routes.candidates import Candidate, Role
from crawler.spiders.output import Output


def posts_asked(outputs: Iterable[Output]) -> list[Candidate]:
    """What is, or may be, a post, of the requests."""
    return [one.cb_kwargs["candidate"] for one in outputs if isinstance(one, Request) and _is_for_post(one)]


def without(outputs: Iterable[Output], left_out: Collection[str]) -> Iterator[Output]:
    """Without the requests for these URLs."""
    return (one for one in outputs if not isinstance(one, Request) or one.url not in left_out)


def only_new(outputs: Iterable[Output], asked: Sequence[Candidate], wanted: Collection[str]) -> Iterator[Output]:
    """Without the requests for stored posts; without further pages of a list that names no other ones.

    ``asked``: ``posts_asked`` of them; ``wanted``: the URLs of those that are not stored.
    """
    for output in outputs:
        if (
            not isinstance(output, Request)
            or "candidate" not in output.cb_kwargs
            or output.cb_kwargs["candidate"].url in wanted
            or (not _is_for_post(output) and (wanted or not asked))
        ):
            yield output


def _is_for_post(request: Request) -> bool:
    candidate = request.cb_kwargs.get("candidate")
    return isinstance(candidate, Candidate) and candidate.role in (Role.POST, Role.MAYBE)

"""What a sink's answer means: delivered, again later, or no more until somebody looks. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.polite.backoff import wait_told
from crawler.sink_state import SinkState
from crawler.sinks.options import SinkOptions


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one POST: an HTTP status, or an error in a word or two."""

    status: int | None = None
    error: str | None = None
    retry_after: str | None = None

    @property
    def is_delivered(self) -> bool:
        """Any 2xx; a redirect is not followed, and is none."""
        return self.status is not None and 200 <= self.status < 300

    def __str__(self) -> str:
        """For a record or a log: ``http_503``, ``timeout``."""
        return self.error or f"http_{self.status}"


def after_failure(sink: SinkState, answer: Answer, now: datetime, options: SinkOptions, chance: float) -> SinkState:
    """The state after a message was not taken. ``chance``: from 0 to 1, for the jitter.

    Whatever the answer says, the message is sent again: nothing is skipped.
    """
    failures = sink.failures + 1
    pause = min(options.retry * 2.0 ** min(failures - 1, 60), options.retry_most) * (0.75 + chance / 4)
    wait = max(timedelta(seconds=pause), wait_told(answer.retry_after, now) or timedelta())
    return replace(
        sink,
        failures=failures,
        state="parked" if failures >= options.park_after else "active",
        next_try_at=now + wait,
        last_error=str(answer),
    )

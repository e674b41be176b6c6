"""The stream of the queue and the consumer that all workers share, as they are to be. Pure."""

from datetime import timedelta
from typing import Any

from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from crawler.work.job import subjects

CONSUMER = "workers"

MOST_PENDING = 100_000
"""Sites under way on all workers: the server's own limit of 1,000 would stop the thirty-second one of a fleet."""

_ESSENTIAL = ("subjects", "retention", "max_msgs_per_subject", "discard", "discard_new_per_subject")
"""What the rest relies on; replicas, storage and limits are the operator's."""


def stream_of(stream: str) -> StreamConfig:
    """A message stays until it is acknowledged, and a second one of its subject is refused as long."""
    return StreamConfig(
        name=stream, subjects=[subjects(stream)], retention=RetentionPolicy.WORK_QUEUE, storage=StorageType.FILE,
        max_msgs_per_subject=1, discard=DiscardPolicy.NEW, discard_new_per_subject=True,
    )  # fmt: skip


def consumer_of(lease: timedelta) -> ConsumerConfig:
    """Shared by all workers. How often a site is tried is decided by ``decisions``, from what the database knows."""
    return ConsumerConfig(
        durable_name=CONSUMER, ack_policy=AckPolicy.EXPLICIT, ack_wait=lease.total_seconds(), max_deliver=-1,
        max_ack_pending=MOST_PENDING,
    )  # fmt: skip


def faults(wanted: StreamConfig, found: StreamConfig) -> str | None:
    """Why a stream that is there would not do what is relied on, in words; None if it would."""
    told = {name: getattr(found, name) for name in _ESSENTIAL if getattr(found, name) != getattr(wanted, name)}
    return ", ".join(f"{name} is {_plain(value)}" for name, value in told.items()) or None


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))

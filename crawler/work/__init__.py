"""Many machines: sites wait in a queue of NATS JetStream, and workers crawl them. ``job``, ``decisions`` are pure."""

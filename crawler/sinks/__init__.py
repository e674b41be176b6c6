"""Where events go: read from the outbox in order, delivered at least once, by one process at a time for each sink.

message (events -> bytes, signed) -> webhook (one POST) -> retry (what to do then) -> deliverer (again and again)
"""

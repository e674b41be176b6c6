"""The only place that speaks to MongoDB. It decides nothing: see ``changes``, ``identity`` and ``stories``."""

"""The item pipelines, in their order: normalise, deduplicate, store, announce. One per file."""

"""The demo site: does it behave as WordPress does."""

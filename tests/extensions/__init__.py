"""The extensions by themselves."""

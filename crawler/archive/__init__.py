"""What was fetched, kept as WARC files: for others, and to be read again. ``records`` knows how they are written."""

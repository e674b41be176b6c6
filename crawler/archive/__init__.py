"""What was fetched, kept as WARC files for others and for reading it again. ``records`` alone knows how they are written."""

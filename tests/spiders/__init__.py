"""What the spiders are told and what they know, and the spiders themselves."""

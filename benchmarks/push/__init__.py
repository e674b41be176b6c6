"""How soon an article is there once its WordPress has pinged, and what a flood of pings does."""

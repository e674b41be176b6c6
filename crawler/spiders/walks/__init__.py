"""Walks along the routes of a site: one file each, all yielding articles and requests for pages of posts."""

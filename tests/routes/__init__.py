"""Listings, pagination, archives and rules, in the markup of many themes and on the demo site."""

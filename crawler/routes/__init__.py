"""Ways of finding posts, one per file. Pure functions from pages to candidates; they fetch nothing."""

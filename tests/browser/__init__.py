"""Pages that are empty until scripts run, opened in a real Chromium."""

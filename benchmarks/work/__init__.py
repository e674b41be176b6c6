"""Drills of workers: two of them share many sites, and are killed, frozen and cut off; what they did is checked."""

"""Running it: health, metrics, retention job, demo, backup."""

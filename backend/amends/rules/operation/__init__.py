"""Running it: what a backup holds and what becomes of it."""

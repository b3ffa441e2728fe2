"""How a post comes in: captures, addresses and platforms, screenshots, rechecks, imports, splits."""

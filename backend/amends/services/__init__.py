"""What do we do? Commands: one transaction, one timeline entry. Steps assume one. Queries only read."""

"""Commands (one transaction, one timeline entry), the steps they share, and queries."""

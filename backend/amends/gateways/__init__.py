"""Gateways to the outside world: a protocol and one real implementation for each."""

"""How do we reach outside? A small protocol for each way out, with one real implementation."""

"""Privacy: what is held of a person, the copy they are given, and their erasure."""

from amends.services.operation.privacy.cleaning import clean_up

__all__ = ["clean_up"]

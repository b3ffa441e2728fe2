"""Rows of either database in one form, read from a snapshot and put into an empty database."""

from amends.database.portable.loading import DoesNotFit, PlaceIsNotEmpty, has_content, loading, must_be_empty
from amends.database.portable.snapshot import Snapshot, snapshot

__all__ = ["DoesNotFit", "PlaceIsNotEmpty", "Snapshot", "has_content", "loading", "must_be_empty", "snapshot"]

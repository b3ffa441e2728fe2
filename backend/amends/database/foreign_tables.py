"""Tables of the database that are not ours."""

FOREIGN_TABLES = ("pgqueuer", "case_search")
"""Beginnings of the names of tables that a library or the engine's own search looks after."""

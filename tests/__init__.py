"""A package, so that `from tests.postgres import …` finds these and never somebody else's tests."""

"""Pages of what many cases say together: reports."""

"""Tables of what many cases say: reports, near texts, incidents, campaigns."""

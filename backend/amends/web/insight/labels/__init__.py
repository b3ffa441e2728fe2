"""Labels of what many cases say."""

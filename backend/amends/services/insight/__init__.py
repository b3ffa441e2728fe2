"""What many cases say together: counting, figures by day, reports."""

"""What many cases say together: figures, periods, sentences."""

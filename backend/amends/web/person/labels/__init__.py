"""Labels of persons and customers."""

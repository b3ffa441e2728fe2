"""Labels of the desk."""

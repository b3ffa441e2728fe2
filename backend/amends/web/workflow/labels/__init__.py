"""Labels of moves and of the fields of their forms."""

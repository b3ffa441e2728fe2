"""Labels on screen for the values of the subject capture."""

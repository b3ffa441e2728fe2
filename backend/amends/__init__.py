"""What is this? Amends: post → capture → case → timeline → follow-up → nudge → outcome → insight."""

__version__ = "0.1.0"

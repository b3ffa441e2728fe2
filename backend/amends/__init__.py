"""Amends, a tracker for customer cases: post → capture → case → follow-up → nudge → outcome."""

__version__ = "0.8.0"

"""Adaptive tests: which item next, when to stop, and how sure the result is."""

"""Adaptive tests: which item next, when to stop, and how sure the result is. For a school's window see ``window``."""

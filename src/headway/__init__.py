"""Headway: an open system for personalised learning in K-12."""

__version__ = "0.1.0"

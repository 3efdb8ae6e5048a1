"""Conferences: who waits, the page to talk over, the ten minutes themselves, and what was agreed."""

"""Conferences: what each side brings, what was talked about, and what was agreed."""

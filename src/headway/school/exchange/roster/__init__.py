"""Rosters that other systems send: what they said last, what changes, and who let it in."""

"""Families: what was taught at home, which weeks were sent, and who wants them."""

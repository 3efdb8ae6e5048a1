"""Plans and decisions: what people and policies want, and what was chosen."""

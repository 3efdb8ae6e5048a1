"""A subject as tables: skills, items, passages and misconceptions in CSV, to core values."""

"""Frameworks of standards beside the district's skills: a state's own, read from CASE, and those that ship."""

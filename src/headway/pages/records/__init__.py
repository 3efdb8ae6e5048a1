"""The page of the record store: which systems use it, and what they say of learners."""

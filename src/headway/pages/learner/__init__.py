"""The learner's pages: practice, the path, who read the record."""

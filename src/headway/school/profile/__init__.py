"""The stored profiles: one row a learner, a projection of the log."""

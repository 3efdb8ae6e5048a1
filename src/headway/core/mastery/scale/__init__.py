"""Fitting in parts: a log cut by learner, so that it may lie in memory, on disk, or on other machines."""

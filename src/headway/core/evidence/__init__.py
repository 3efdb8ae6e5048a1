"""Trying things out on evidence: replay of the log, simulated learners."""

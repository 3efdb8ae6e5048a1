"""Policies against each other on simulated learners: fitted on public logs, tuned, with intervals."""

"""What comes next for a learner, and why: plans, policies, review."""

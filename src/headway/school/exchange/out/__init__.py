"""What leaves Headway: a roster, everything of one learner, a section's gradebook, a district's data."""

"""Projects: milestones, what learners hand in, feedback, and rubric scores, which are evidence."""

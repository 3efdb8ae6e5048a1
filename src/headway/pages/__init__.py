"""Shows: one folder a reader (learner, teacher, family, leader), and what their pages share."""

"""One learner as a person: the profile page of learner, family and teacher, goals, mastery and credit."""

"""A class as a teacher sees it: who needs somebody now, who has earned a word of praise, and who is ready for what."""

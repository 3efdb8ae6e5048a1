"""What helps later: problems, hints, ways of working, interventions and policies, from the log of every day."""

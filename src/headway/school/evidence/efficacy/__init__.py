"""What helps later, from the log of every day: reading it, working it out beside the school, and the newest report."""

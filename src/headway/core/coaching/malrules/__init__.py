"""Wrong ways of working that learners hold, as executable rules with their sources."""

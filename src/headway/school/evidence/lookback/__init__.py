"""Looking back at something that runs already: no chance decided, so like is compared with like, under a lower label."""

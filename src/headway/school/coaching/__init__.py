"""The learner's lines of working: kept as they were written, with what the coach said to them."""

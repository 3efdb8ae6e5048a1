"""Reading mathematics as a learner writes it: parsing, equivalence, answer checking."""

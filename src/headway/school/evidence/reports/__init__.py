"""Reports for people who lead: sums of closed weeks, kept from the log, that tell of no fewer than ten learners."""

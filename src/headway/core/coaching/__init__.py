"""Reading what learners write, deciding whether it is right, and (later) saying what went wrong."""

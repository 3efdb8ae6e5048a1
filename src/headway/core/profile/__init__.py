"""The learner profile: what we believe of one learner, how facts fold into it, and how it is stored and shown."""

"""The teacher's pages: classes, the live board, one learner with the evidence, imported problems."""

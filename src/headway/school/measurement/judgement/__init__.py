"""Comparative judgement of writing: assignments, texts, judges, decisions, the scale and what learners get back."""

"""Answers: the REST interface and the live streams. Native routes serve the hot path, Django the rest."""

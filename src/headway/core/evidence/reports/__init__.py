"""Figures for people who lead: what is counted, of whom, how sure it is, and what may be told without telling of a child."""

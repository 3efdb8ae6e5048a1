"""A district's own pilots: what is asked, who gets what, what happened, and what may be said of it."""

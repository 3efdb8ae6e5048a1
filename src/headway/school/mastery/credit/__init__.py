"""From mastery to credit: contests and re-checks, courses, credit, the credential."""

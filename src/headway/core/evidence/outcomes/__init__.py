"""What a district wants for its learners: where it stands, how that grows, and the gaps between groups."""

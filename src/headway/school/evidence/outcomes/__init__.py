"""What a district wants, read from its evidence: aims, readings of them, and the vision that they belong to."""

"""Skills and how they build on each other; problems, and the generators that make them."""

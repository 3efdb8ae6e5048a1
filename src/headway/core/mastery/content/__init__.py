"""What a district's log says of its content: items, hints, prerequisites and skills that somebody should look at."""

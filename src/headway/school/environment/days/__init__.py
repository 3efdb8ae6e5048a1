"""Tomorrow's groups, stations, people and minutes of a class: what is wanted, planning, and what was planned."""

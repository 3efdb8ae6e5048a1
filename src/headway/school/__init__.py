"""What a school remembers: one Django app, one room a concept; models are tables, actions write, queries read."""

"""What the log says of the content: the report of a refit, and what people made of it."""

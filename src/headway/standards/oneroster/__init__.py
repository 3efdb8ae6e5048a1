"""OneRoster CSV 1.1 and 1.2: a package of tables to rows of text and back, streamed, with every fault named."""

"""The family's pages: their children in plain words, and who has read their record."""

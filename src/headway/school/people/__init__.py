"""Districts, schools, sections, people and their roles; who may see whom; tenancy."""

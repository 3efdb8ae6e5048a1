"""The pages of principals, interventionists and district leads: schools, classes, honest counts."""

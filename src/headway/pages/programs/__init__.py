"""The page of programs of other systems that read the district."""

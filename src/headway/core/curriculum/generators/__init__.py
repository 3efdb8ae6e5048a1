"""Item generators: templates that make as many problems as learners need, each with hints and a worked solution."""

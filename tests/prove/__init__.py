"""Long proofs: ``python -m tests.prove [NAME]``. Each part stops before nine minutes and goes on where it was."""

"""What the log tells: replay, and reports over everybody."""

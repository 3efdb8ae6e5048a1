"""What is remembered of measuring: screening windows and sittings, imported banks, scores that people enter."""

"""Speed against peers and floors, accuracy against permanent scenarios: ``python -m benchmarks``."""

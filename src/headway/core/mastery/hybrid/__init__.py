"""``hybrid-1``: additive core with transfer between skills, Gaussian ability, boosted corrector, calibration."""

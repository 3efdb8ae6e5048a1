"""Calibration: estimating items and populations from scored responses by marginal maximum likelihood."""

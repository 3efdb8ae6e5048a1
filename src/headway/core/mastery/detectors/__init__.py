"""Detectors: what a run of responses says about how somebody is working, with published definitions and measured accuracy."""

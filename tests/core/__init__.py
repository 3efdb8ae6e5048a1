"""Tests of core: pure functions through their public names."""

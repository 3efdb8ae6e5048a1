"""Tests of the curriculum."""

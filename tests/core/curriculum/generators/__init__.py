"""Tests of the item generators: every template against an independent solver, over many seeds."""

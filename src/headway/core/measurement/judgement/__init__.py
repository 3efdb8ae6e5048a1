"""Comparative judgement: many quick choices between two texts become one scale, with its errors and its honesty."""

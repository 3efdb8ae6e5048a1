"""Small prime factors, for roots and logarithms of numbers."""

from __future__ import annotations

from functools import lru_cache

from headway.core.coaching.work import TooHard

LIMIT = 2_000
"""Largest prime looked for; what remains must itself be below its square."""


@lru_cache(maxsize=1024)
def factorize(number: int) -> tuple[tuple[int, int], ...]:
    """Return ``((prime, exponent), ...)`` of a positive integer. Raises TooHard when its factors are too large."""
    found: list[tuple[int, int]] = []
    candidate = 2
    while candidate * candidate <= number and candidate < LIMIT:
        exponent = 0
        while number % candidate == 0:
            number //= candidate
            exponent += 1
        if exponent:
            found.append((candidate, exponent))
        candidate += 1 if candidate == 2 else 2
    if number > 1:
        if number >= LIMIT * LIMIT:
            raise TooHard
        found.append((number, 1))
    return tuple(found)

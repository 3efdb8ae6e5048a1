"""One door to the compiler, so that compiled functions keep their types.

Kernels are compiled once and cached on disk. They work row by row without fast-math and without threads: a batch gives
byte for byte what one-by-one gives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of numbers and arrays to machine code on its first call.

    Division by zero gives inf or nan, as in NumPy; a helper that takes arrays is not called in an inner loop, because each
    call counts references (30 ns an array).
    """
    return cast("Callable[P, R]", numba.njit(cache=True, fastmath=False, error_model="numpy")(function))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Like :func:`compiled`, and copied into its callers: so a small helper that takes arrays may stand in an inner loop."""
    return cast(
        "Callable[P, R]", numba.njit(cache=True, fastmath=False, error_model="numpy", inline="always")(function)
    )

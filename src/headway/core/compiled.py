"""One door to the compiler, so that compiled functions keep their types.

Kernels are compiled once and cached on disk. They work row by row without fast-math and without threads: a batch gives
byte for byte what one-by-one gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core.types import unliteral
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

_general: Callable[[Any], Any] = unliteral
"""The type of a value that its caller may write out (a ``0`` in the text of a program has one of its own)."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of numbers and arrays to machine code on its first call.

    Division by zero gives inf or nan, as in NumPy; a helper that takes arrays is not called in an inner loop, because each
    call counts references (30 ns an array).
    """
    made: Any = numba.njit(cache=True, fastmath=False, error_model="numpy")(function)
    template = made.get_call_template

    def of_any_value(types: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """A caller's ``0`` and ``-1`` are numbers as any other: without this each gives the function a compilation of its own."""
        return template([_general(each) for each in types], {name: _general(each) for name, each in named.items()})

    made.get_call_template = of_any_value
    return cast("Callable[P, R]", made)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Like :func:`compiled`, and copied into its callers: so a small helper that takes arrays may stand in an inner loop."""
    return cast(
        "Callable[P, R]", numba.njit(cache=True, fastmath=False, error_model="numpy", inline="always")(function)
    )


@inlined
def copy_into(target: NDArray[Any], source: NDArray[Any]) -> None:
    """``target[: len(source)] = source`` for one dimension. Written like that, Numba compiles the message of its error with it:
    that takes longer (3 s) than most kernels."""
    for place in range(source.shape[0]):
        target[place] = source[place]

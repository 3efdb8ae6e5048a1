"""Typed columns in one file, mapped into memory as they are: no copy is made, and pages come and go with their use.

A file is a line of JSON (name, type, shape and place of each column), then the columns, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 64


def pack(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write columns; the file is there as a whole or not at all."""
    arrays = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    layout, place = dict[str, tuple[str, tuple[int, ...], int]](), 0
    for name, values in arrays.items():
        layout[name] = (values.dtype.str, values.shape, place)
        place += -(-values.nbytes // ALIGNED) * ALIGNED
    head = json.dumps(layout).encode()
    head += b" " * (-(len(head) + 1) % ALIGNED) + b"\n"
    half = path.with_suffix(".half")
    with half.open("wb") as stream:
        stream.write(head)
        for name, values in arrays.items():
            stream.seek(len(head) + layout[name][2])
            stream.write(values.reshape(-1).view(np.uint8).data)
        stream.truncate(len(head) + place)
    half.replace(path)


def unpack(path: Path) -> dict[str, NDArray[Any]]:
    """Map the columns of a file. Pages are private: compiled functions take them as any other array, the file stays."""
    with path.open("rb") as stream:
        head = stream.readline()
    whole = np.memmap(path, np.uint8, mode="c").view(np.ndarray)
    found = {}
    for name, (kind, shape, place) in json.loads(head).items():
        of = np.dtype(kind)
        begin = len(head) + place
        end = begin + of.itemsize * int(np.prod(shape, dtype=np.int64))
        found[name] = whole[begin:end].view(of).reshape(shape)
    return found

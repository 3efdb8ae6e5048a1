"""Instructional models as JSON: five that ship, and whatever a school draws or hands in.

```json
{"id": "stations", "name": "Stations", "about": "…", "devices": 16, "screen_blocks": 2, "spare": "Practice on paper",
 "blocks": [{"id": "1", "name": "First round", "begin": "09:00", "minutes": 20}],
 "spaces": [{"id": "room", "name": "Classroom", "seats": 36, "zones": 6}],
 "crews": [{"id": "teacher", "name": "Teacher", "names": ["Ms. Okafor"]}],
 "modalities": [{"id": "teacher", "name": "With the teacher", "smallest": 3, "largest": 8, "run_by": ["teacher"], "worth": 1.3}]}
```

Fields that may be left out have the defaults of :mod:`headway.core.environment.instruction.model`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from headway.core.environment.instruction.model import Block, Crew, Modality, Model, Space
from headway.core.environment.instruction.sound import faults
from headway.standards.errors import ImportProblem

MOST_BYTES = 200_000
Part = TypeVar("Part", Block, Space, Crew, Modality)
KINDS: dict[str, tuple[type, str]] = {
    "str": (str, "text"), "int": (int, "a whole number"), "float": (float, "a number"), "bool": (bool, "true or false"),
    "tuple[str, ...]": (list, "a list of texts"),
}  # fmt: skip


@cache
def shipped_models() -> dict[str, Model]:
    """Return the models that ship, by their identifier, in order of name."""
    folder = files("headway.standards") / "data/instruction"
    read = [read_model(path.read_bytes(), path.name) for path in folder.iterdir() if path.name.endswith(".json")]
    return {model.id: model for model in sorted(read, key=lambda model: model.name)}


def read_model(data: bytes, name: str) -> Model:
    """Read a model and check it whole. Raises :class:`ImportProblem` with the first fault and its place."""
    if len(data) > MOST_BYTES:
        raise ImportProblem(f"The file has {len(data):,} bytes.", name, f"A model takes at most {MOST_BYTES:,}.")
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        raise ImportProblem("This is no JSON.", name, "Give a model as its page writes it.") from None
    return model_of(table, name)


def model_of(table: object, name: str) -> Model:
    """Make a model of plain values; as :func:`read_model`."""
    if not isinstance(table, dict):
        raise ImportProblem("A model is one object.", name, 'Write {"id": …, "name": …, "blocks": […], …}.')
    lists: dict[str, Any] = {
        "blocks": _parts(Block, table, "blocks", name), "spaces": _parts(Space, table, "spaces", name),
        "crews": _parts(Crew, table, "crews", name), "modalities": _parts(Modality, table, "modalities", name),
    }  # fmt: skip
    plain = {key: value for key, value in table.items() if key not in lists}
    values = _values(Model, plain, name, tuple(lists))
    model = Model(**values, **lists)
    wrong = faults(model)
    if wrong:
        raise ImportProblem(str(wrong[0]), name, "Mend the model and hand it in again.")
    return model


def _parts(kind: type[Part], table: Mapping[str, object], key: str, name: str) -> tuple[Part, ...]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ImportProblem(f"“{key}” is no list of objects.", name, f'Write "{key}": [{{"id": …, "name": …}}, …].')
    out = []
    for at, row in enumerate(rows, 1):
        where = f"{name}, {key} {at}"
        given = dict(row)
        if kind is Block:
            given["begin"] = _minutes(given.get("begin"), where)
        out.append(kind(**_values(kind, given, where, ())))
    return tuple(out)


def _values(kind: type, given: Mapping[str, object], where: str, apart: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a part with the types that they need."""
    known = {field.name: field for field in fields(kind) if field.name not in apart}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ImportProblem(f"There is no field “{unknown[0]}”.", where, f"There are {', '.join(known)}.")
    missing = [key for key, field in known.items() if field.default is MISSING and key not in given]
    if missing:
        raise ImportProblem(f"“{missing[0]}” is missing.", where, "Add it.")
    return {key: _value(given[key], str(known[key].type), f"{where}, {key}") for key in given}


def _value(value: object, kind: str, where: str) -> object:
    wanted, words = KINDS[kind]
    whole = isinstance(value, int) and not isinstance(value, bool)
    fits = (
        whole if wanted is int else whole or isinstance(value, float) if wanted is float else isinstance(value, wanted)
    )
    if isinstance(value, float) and not abs(value) < float("inf"):
        fits = False
    if wanted is list and isinstance(value, list):
        fits = all(isinstance(each, str) for each in value)
    if not fits:
        raise ImportProblem(f"This is {value!r}."[:120], where, f"Give {words}.")
    return tuple(value) if isinstance(value, list) else float(value) if wanted is float else value  # type: ignore[arg-type]


def _minutes(value: object, where: str) -> int:
    """``09:05`` as minutes after midnight."""
    hour, _, minute = str(value).partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60):
        raise ImportProblem(f"begin is {value!r}.", where, "Write it as 09:05.")
    return int(hour) * 60 + int(minute)


def clock(minutes: int) -> str:
    """Minutes after midnight as ``09:05``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def write_model(model: Model) -> dict[str, Any]:
    """A model as JSON has it; :func:`model_of` reads it back as the same."""
    table = asdict(model)
    for block in table["blocks"]:
        block["begin"] = clock(block["begin"])
    for key in ("blocks", "spaces", "crews", "modalities"):
        table[key] = [{name: list(v) if isinstance(v, tuple) else v for name, v in part.items()} for part in table[key]]
    return table

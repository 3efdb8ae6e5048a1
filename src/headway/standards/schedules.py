"""Days to be scheduled as NumPy archives (.npz), rules and plans as JSON.

| array | shape | meaning |
|---|---|---|
| S, T | one number | learners; blocks of the day |
| x_student, x_type, x_item, x_gain | C | choices: learner, kind (-1 device work, -2 overflow), ready skill, expected gain |
| type_mod, type_skill, cap, mins | K | kinds: modality, skill, most and fewest learners of a session |
| n_pool, n_type | O | openings: a crew that may run a kind |
| poolcap | P or P x T | adults of each crew |
| rooms_large, devices | one number or T | large rooms, seats with a device |
| large | K, optional | kinds that need a large room; without it the modalities W and J do |

Rules are a list of objects, each with ``rule`` (pin, ban, apart, together, most, absent) and the fields of the rule by
name. A plan is an object with ``seats`` (T x S, a choice or -1) and ``openings`` (T x O, sessions), as
``headway schedule --json`` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day, Ints, Plan
from headway.core.environment.schedule.rules import ANY, Absent, Apart, Ban, Most, Pin, Rule, Together
from headway.standards.errors import ImportProblem

MOST_LEARNERS, MOST_BLOCKS, MOST_CHOICES = 20_000, 16, 2_000_000
NEEDED = (
    "S", "T", "x_student", "x_type", "x_item", "x_gain", "type_mod", "type_skill", "cap", "mins", "n_pool", "n_type",
    "poolcap", "rooms_large", "devices",
)  # fmt: skip
RULES: dict[str, type[Rule]] = {
    "pin": Pin,
    "ban": Ban,
    "apart": Apart,
    "together": Together,
    "most": Most,
    "absent": Absent,
}
Table = Mapping[str, NDArray[Any]]


def read_day(data: bytes, name: str) -> Day:
    """Read a day; ``name`` is what messages call the file. Raises :class:`ImportProblem` naming the array and the place."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            table: Table = {key: archive[key] for key in archive.files}
    except (ValueError, OSError, BadZipFile, EOFError, AttributeError):
        raise ImportProblem("This is no NumPy archive.", name, "Give a .npz file of a day.") from None
    missing = [key for key in NEEDED if key not in table]
    if missing:
        raise ImportProblem(
            f"The arrays {', '.join(missing)} are missing.", name, "See the table of arrays in the docs."
        )
    learners, blocks = _one(table, "S", name, MOST_LEARNERS), _one(table, "T", name, MOST_BLOCKS)
    kinds, crews = len(table["cap"]), len(table["poolcap"])
    choices = ("x_student", "x_type", "x_item", "x_gain")
    _same_length(table, choices, name)
    _same_length(table, ("cap", "mins", "type_mod", "type_skill"), name)
    _same_length(table, ("n_pool", "n_type"), name)
    if len(table["x_gain"]) > MOST_CHOICES:
        raise ImportProblem(f"There are {len(table['x_gain']):,} choices.", name, f"Give at most {MOST_CHOICES:,}.")
    modalities = tuple(str(label) for label in table["type_mod"].tolist())
    large = (
        table["large"].astype(bool) if "large" in table else np.array([m in ("W", "J") for m in modalities], dtype=bool)
    )
    day = Day(
        learners=learners, blocks=blocks,
        learner=_whole(table, "x_student", name, 0, learners - 1), kind=_whole(table, "x_type", name, OVERFLOW, kinds - 1),
        item=_whole(table, "x_item", name, -1, 10**6), gain=_gains(table, name), modalities=modalities,
        skills=_whole(table, "type_skill", name, -1, 10**6), largest=_whole(table, "cap", name, 1, 10**4),
        smallest=_whole(table, "mins", name, 0, 10**4), large=large,
        openings=np.stack([_whole(table, "n_pool", name, 0, crews - 1), _whole(table, "n_type", name, 0, kinds - 1)], axis=1),
        adults=_by_block(_whole(table, "poolcap", name, 0, 10**4), (crews, blocks), "poolcap", name),
        rooms=_by_block(_whole(table, "rooms_large", name, 0, 10**4), (blocks,), "rooms_large", name),
        devices=_by_block(_whole(table, "devices", name, 0, 10**6), (blocks,), "devices", name),
    )  # fmt: skip
    _sense(day, name)
    return day


def _sense(day: Day, name: str) -> None:
    """Refuse what no plan could be made of."""
    if (day.smallest > day.largest).any():
        at = int(np.argmax(day.smallest > day.largest))
        raise ImportProblem(f"mins is larger than cap at {at}.", name, "A session takes at least mins, at most cap.")
    if len(np.unique(day.openings, axis=0)) < len(day.openings):
        raise ImportProblem("n_pool and n_type name a pair twice.", name, "List each crew with each kind once.")
    if ((day.kind != OVERFLOW) & (day.item < 0)).any():
        raise ImportProblem("A choice has no item.", name, "Only overflow (kind -2) has item -1.")
    rows = np.stack([day.learner, day.kind, day.item], axis=1)
    if len(np.unique(rows, axis=0)) < len(rows):
        raise ImportProblem("A learner has the same choice twice.", name, "Give learner, kind and item once.")
    seats = np.stack([day.learner, day.kind], axis=1)[day.kind >= 0]
    if len(np.unique(seats, axis=0)) < len(seats):
        raise ImportProblem("A learner has two items in one kind.", name, "A kind is one skill in one modality.")


def _one(table: Table, key: str, name: str, most: int) -> int:
    if table[key].size != 1 or not 0 <= int(table[key].reshape(-1)[0]) <= most:
        raise ImportProblem(f"{key} is no number from 0 to {most:,}.", name, "Give one whole number.")
    return int(table[key].reshape(-1)[0])


def _same_length(table: Table, keys: tuple[str, ...], name: str) -> None:
    if any(table[key].ndim != 1 or len(table[key]) != len(table[keys[0]]) for key in keys):
        raise ImportProblem(
            f"{', '.join(keys)} differ in length.", name, "Give arrays of one dimension and one length."
        )


def _whole(table: Table, key: str, name: str, least: int, most: int) -> Ints:
    values = table[key]
    if values.dtype.kind not in "iu" and values.size:
        raise ImportProblem(f"{key} does not hold whole numbers.", name, "Store it as integers.")
    out = np.atleast_1d(values).astype(np.int64)
    if out.size and (out.min() < least or out.max() > most):
        raise ImportProblem(f"{key} has values outside {least} to {most}.", name, "Numbers count from 0.")
    return out


def _gains(table: Table, name: str) -> NDArray[np.float64]:
    gains = table["x_gain"]
    if gains.dtype.kind not in "fiu" or not np.isfinite(gains).all():
        raise ImportProblem(
            "x_gain has values that are no finite numbers.", name, "Give the expected gain of every choice."
        )
    return gains.astype(np.float64)


def _by_block(values: Ints, shape: tuple[int, ...], key: str, name: str) -> Ints:
    """One value for every block, or one a block."""
    if values.shape == shape:
        return values
    wide = values.reshape(-1, 1) if len(shape) == 2 and values.ndim == 1 else values
    try:
        return np.array(np.broadcast_to(wide, shape))
    except ValueError:
        what = f"{key} has the shape {values.shape}, not {shape}."
        raise ImportProblem(what, name, "Give one value, or one a block.") from None


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ImportProblem("This is no JSON.", name, "Give the file that was written as JSON.") from None


def read_rules(data: bytes, name: str, day: Day) -> tuple[Rule, ...]:
    """Read rules for a day. Raises :class:`ImportProblem` naming the rule by its place, counted from 1."""
    rows = _json(data, name)
    if not isinstance(rows, list):
        raise ImportProblem("The rules are no list.", name, 'Write [{"rule": "pin", "learner": 3, "kind": 7}, …].')
    return tuple(_rule(row, f"{name}, rule {at + 1}", day) for at, row in enumerate(rows))


def _rule(row: object, where: str, day: Day) -> Rule:
    made = RULES.get(str(row.get("rule"))) if isinstance(row, dict) else None
    if made is None or not isinstance(row, dict):
        raise ImportProblem("There is no such rule.", where, f"Use {', '.join(RULES)} as its rule.")
    given = {str(key): value for key, value in row.items() if key != "rule"}
    known = {field.name: field for field in fields(made)}
    if set(given) - set(known):
        raise ImportProblem(
            f"{sorted(set(given) - set(known))[0]} is no field of it.", where, f"It has {', '.join(known)}."
        )
    limits = {
        "learner": (0, day.learners - 1), "other": (0, day.learners - 1), "kind": (DEVICE, len(day.modalities) - 1),
        "block": (0, day.blocks - 1), "seats": (0, day.blocks),
    }  # fmt: skip
    for key, value in given.items():
        if key == "modality":
            fits = value == "" or value in day.modalities
        else:
            low, high = limits[key]
            fits = isinstance(value, int) and not isinstance(value, bool) and (low <= value <= high)
        if not fits:
            raise ImportProblem(
                f"{key} is {value!r}, which the day does not have.", where, "Count from 0, as in the day."
            )
    if made is Pin and not {"kind", "modality"} & set(given):
        raise ImportProblem("A field is missing: a pin names a kind or a modality.", where, "Name one of them.")
    if made is Ban and given.get("kind", ANY) == ANY and "modality" not in given:
        raise ImportProblem("A ban names neither kind nor modality.", where, "Name one of them.")
    try:
        return made(**given)
    except TypeError:
        raise ImportProblem("A field is missing.", where, f"It has {', '.join(known)}.") from None


def read_plan(data: bytes, name: str) -> tuple[Plan, Mapping[str, object]]:
    """Read a plan, alone or in what ``headway schedule --json`` printed; also returns the object that it stood in."""
    found = _json(data, name)
    plan = found.get("plan", found) if isinstance(found, dict) else None
    try:
        seats, openings = np.array(plan["seats"]), np.array(plan["openings"])  # type: ignore[index]
    except (KeyError, TypeError, ValueError):
        raise ImportProblem("There is no plan in it.", name, 'Give {"seats": [[…]], "openings": [[…]]}.') from None
    for key, table in (("seats", seats), ("openings", openings)):
        if table.ndim != 2 or (table.size and table.dtype.kind not in "iu"):
            raise ImportProblem(
                f"{key} is no table of whole numbers.", name, "Give one list a block, all of one length."
            )
    return Plan(seats.astype(np.int64), openings.astype(np.int64)), found


def write_plan(plan: Plan) -> dict[str, object]:
    """A plan as JSON has it."""
    return {"seats": plan.seats.tolist(), "openings": plan.sessions.tolist()}

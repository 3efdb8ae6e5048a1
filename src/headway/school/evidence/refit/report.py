"""The report of a refit as it is stored: what would change, and whether later answers speak for it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.refit.calibrated import Calibration, Card
from headway.core.mastery.refit.compare import Comparison
from headway.core.mastery.refit.estimate import SEARCHED

MOST = 12
"""Items and skills that are named one by one: those that move most."""


def body_of(
    champion: str,
    challenger: str,
    before: Calibration,
    after: Calibration,
    card: Card,
    found: Comparison,
    curriculum: Curriculum,
) -> dict[str, Any]:
    """Return everything that a leader decides on, as JSON values (a number that does not exist is null)."""
    body = {
        "champion": champion,
        "challenger": challenger,
        "verdict": found.verdict,
        "card": asdict(card),
        "curriculum": curriculum.version,
        "comparison": asdict(found),
        "harmed": [[group.kind, group.name] for group in found.harmed],
        "changes": {
            "parameters": _parameters(before.parameters, after.parameters),
            "skills": _moves(before.shifts(curriculum), after.shifts(curriculum), [s.id for s in curriculum.skills]),
            "items": _moves(before.offsets(curriculum), after.offsets(curriculum), list(curriculum.items)),
            "skills_moved": _count(before.shifts(curriculum), after.shifts(curriculum)),
            "items_moved": _count(before.offsets(curriculum), after.offsets(curriculum)),
        },
    }
    cleaned: dict[str, Any] = _finite(body)
    return cleaned


def digest_of(body: dict[str, Any]) -> str:
    """Return the hash of a report: 32 hexadecimal digits of its JSON with sorted keys."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _parameters(before: GaussianParameters, after: GaussianParameters) -> list[list[Any]]:
    old, new = asdict(before), asdict(after)
    return [[name, old[name], new[name]] for name in SEARCHED if old[name] != new[name]]


def _moves(before: Floats, after: Floats, names: list[str]) -> list[list[Any]]:
    """The largest moves in logits: name, before, after."""
    moved = sorted(range(len(names)), key=lambda n: (-abs(float(after[n] - before[n])), n))
    return [[names[n], float(before[n]), float(after[n])] for n in moved[:MOST] if abs(after[n] - before[n]) >= 0.05]


def _count(before: Floats, after: Floats) -> int:
    return int((abs(after - before) >= 0.05).sum())


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) + 0.0 if math.isfinite(value) else None  # never -0.0, which a database does not keep
    if isinstance(value, dict):
        return {str(key): _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value

"""What was said before the start, frozen by a hash; whatever differs afterwards is exploratory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from headway.core.text import T, Text

FIXED = (
    "outcomes",
    "arm",
    "control",
    "unit",
    "cluster",
    "blocks",
    "pretest",
    "covariates",
    "subgroups",
    "looks",
    "worth",
)
"""Choices that change what is found; all of them are frozen."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a frozen plan. ``intact``: its hash fits. ``allocation``: ``kept`` when every unit has the arm that was
    dealt, ``broken`` otherwise, ``none`` where the plan has none; ``moved``: how many have not. ``changes``: what differs."""

    intact: bool
    allocation: str
    moved: int
    changes: tuple[Text, ...]


def fingerprint(plan: Mapping[str, object]) -> str:
    """SHA-256 of the plan as canonical JSON, without its own ``sha256``. Raises ValueError for what JSON cannot hold."""
    body = {key: value for key, value in plan.items() if key != "sha256"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(text.encode()).hexdigest()


def freeze(plan: Mapping[str, object]) -> dict[str, object]:
    """Return the plan with its ``sha256``."""
    body = {key: value for key, value in plan.items() if key != "sha256"}
    return {**body, "sha256": fingerprint(body)}


def check(plan: Mapping[str, object], used: Mapping[str, object], arms: Mapping[str, str]) -> Check:
    """Compare a frozen ``plan`` with the choices ``used`` in the analysis and the ``arms`` that units have in the data.

    A unit that the plan does not know counts as moved: it was not dealt.
    """
    intact = plan.get("sha256") == fingerprint(plan)
    changes = [] if intact else [T("The plan was changed after it was frozen: its hash no longer fits.")]
    changes += [
        T("{choice} was planned as {planned} but is {used} here, so this result is exploratory.",
          choice=name, planned=_said(plan[name]), used=_said(used[name]))
        for name in FIXED
        if name in plan and name in used and _plain(plan[name]) != _plain(used[name])
    ]  # fmt: skip
    dealt = plan.get("allocation")
    known = dealt if isinstance(dealt, Mapping) else {}
    moved = sum(known.get(unit) != arm for unit, arm in arms.items())
    if not known:
        return Check(intact, "none", 0, tuple(changes))
    if moved:
        changes.append(T("{count} units have another arm than they were dealt.", count=moved))
    return Check(intact, "broken" if moved or not intact else "kept", moved, tuple(changes))


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _said(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)

"""Replaying must equal living: the same profiles, decisions and ledger, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from headway.core.curriculum.catalogue import curriculum_from_bytes, curriculum_to_bytes
from headway.core.events import Decision
from headway.core.evidence.replay import Logged, replay
from headway.core.evidence.simulate import Pupil, play
from headway.core.evidence.term import cohort, school_days
from headway.core.path.plan import PlanRow, resolve
from headway.core.profile.codec import encode
from headway.core.profile.profile import Profile
from tests.core.small import curriculum, problem

OTHER = curriculum(28, 4, 2)


def lived(
    rows: Mapping[str, tuple[PlanRow, ...]],
) -> tuple[dict[str, Profile], list[Pupil], list[Logged], list[Decision]]:
    """Five pupils, four days, the curriculum changing on the third."""
    pupils = cohort(curriculum(), ["4", "5"], 5, seed=11)
    first = {pupil.mind.id: pupil.profile for pupil in pupils}
    log: list[Logged] = []
    said: list[Decision] = []
    for day, begins in enumerate(school_days(4)):
        for turn in range(15):
            now = begins + 60.0 * turn
            for pupil in pupils:
                pupil.plan = resolve(rows.get(pupil.mind.id, ()), now)
            used = curriculum() if day < 2 else OTHER
            for event, outcome in play(pupils, used, [now] * len(pupils), problem):
                log.append(Logged(event, now, used.version))
                said += [outcome.decision] if outcome.decision else []
    return first, pupils, log, said


def test_replay_equals_living() -> None:
    days = school_days(4)
    rows = {
        "sim-0001": (
            PlanRow("a", "pin", "pin-skill", "S9", starts=days[1]),
            PlanRow("b", "tier", "target-success", "0.9"),
        ),
        "sim-0002": (
            PlanRow("c", "arm", "policy", "sequence-1", starts=days[0], ends=days[2]),
            PlanRow("d", "arm", "model", "elo-1", starts=days[3]),
        ),
    }
    first, pupils, log, said = lived(rows)
    curricula = {c.version: curriculum_from_bytes(curriculum_to_bytes(c)) for c in (curriculum(), OTHER)}
    again = replay(log, first, rows, curricula)
    assert {k: encode(p) for k, p in again.profiles.items()} == {p.mind.id: encode(p.profile) for p in pupils}
    assert list(again.decisions) == said
    assert len({decision.policy for decision in again.decisions}) == 2


def test_what_is_missing_is_named() -> None:
    first, _, log, _ = lived({})
    with pytest.raises(KeyError, match=OTHER.version):
        replay(log, first, {}, {curriculum().version: curriculum()})
    with pytest.raises(KeyError, match="sim-0000"):
        replay(log, {}, {}, {})

"""What people and policies want for one learner: plan rows, and the one rule by which they are put together.

Precedence: accommodation, then a person's pin, then a tier's support, then a pilot's arm, then the policy's own wish.
Within one source the row that started last wins, and a block wins against a pin. Nothing is dropped in silence: each
row that had to give way is reported as an override. A row of the source ``shipped`` is nobody's wish: it remembers which
model or policy was a district's default while it is in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from headway.core.mastery.models import DEFAULT_MODEL
from headway.core.path.claims import Claim, claim_of

Source = Literal["accommodation", "pin", "tier", "arm", "policy", "shipped"]
Effect = Literal[
    "pin-skill",  # value: a skill; practise it next, until it is mastered
    "pin-activity",  # value: an activity; do it next, once
    "check-activity",  # value: an activity and who says what of its skill, see ``claims``; do it next, once
    "playlist",  # value: skills and activities in order, see ``playlist``; do them one after the other
    "prefer-skill",  # value: a skill, and after an @ when it is wanted by; lean towards it and what it needs
    "choose-skill",  # value: a skill; the same, as the learner's own choice for now
    "block-skill",  # value: a skill; never choose it
    "only-skills",  # value: skills, separated by commas; choose nothing else
    "only-subjects",  # value: subjects, separated by commas; what is outside waits, pins too
    "target-success",  # value: the wanted chance of a right first answer, 0.5 to 0.95
    "daily-goal",  # value: activities a day
    "screen-minutes",  # value: minutes of answering a day; when they are spent, nothing more is given until tomorrow
    "policy",  # value: a name in POLICIES
    "model",  # value: a name in MODELS
]
PRECEDENCE: tuple[Source, ...] = ("accommodation", "pin", "tier", "arm", "policy")
SINGLE: tuple[Effect, ...] = ("only-subjects", "target-success", "daily-goal", "policy", "model", "playlist")
"""Effects of which one row decides: the one of the highest source, and there the one that started last."""
LEANING: tuple[Effect, ...] = ("choose-skill", "prefer-skill")
"""Effects that lean towards a skill and leave everything else as it is."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One wish. ``value`` is text whatever the effect; ``by`` names who or what wrote it; ``starts`` and ``ends`` are
    epoch seconds, ``ends`` 0 means open."""

    id: str
    source: Source
    effect: Effect
    value: str
    by: str = ""
    reason: str = ""
    starts: float = 0.0
    ends: float = 0.0


@dataclass(frozen=True, slots=True)
class Lean:
    """A skill that somebody leans towards: the row that says so with its source, and when it is wanted by (0: no day)."""

    skill: str
    row: str
    source: Source
    effect: Effect = "prefer-skill"
    due: float = 0.0


@dataclass(frozen=True, slots=True)
class EffectivePlan:
    """What the loop obeys.

    ``only_skills`` and ``only_subjects`` None allow all; ``subjects_by`` is the source of the row on subjects. ``pinned_by``
    lists each pinned skill or activity with the row that pinned it and that row's source. ``day_offset`` in seconds moves
    the day's boundary (see ``core.profile.fold``). ``claims`` say who wants a pinned activity looked at. ``leans`` are the
    skills leaned towards; ``playlist`` the entries of the list in force; ``screen_minutes`` 0 sets no limit.
    """

    pin_skills: tuple[str, ...] = ()
    pin_activities: tuple[str, ...] = ()
    block_skills: frozenset[str] = frozenset()
    only_skills: frozenset[str] | None = None
    only_subjects: frozenset[str] | None = None
    subjects_by: Source | None = None
    target_success: float = 0.78
    daily_goal: int = 10
    policy: str = "frontier-6"
    model: str = DEFAULT_MODEL
    day_offset: float = 0.0
    pinned_by: tuple[tuple[str, str, Source], ...] = ()
    overrides: tuple[str, ...] = ()
    leans: tuple[Lean, ...] = ()
    playlist: tuple[str, ...] = ()
    playlist_by: Source | None = None
    screen_minutes: int = 0
    claims: tuple[Claim, ...] = ()


DEFAULT_PLAN = EffectivePlan()


def resolve(rows: Iterable[PlanRow], now: float, *, day_offset: float = 0.0) -> EffectivePlan:
    """Put the rows that are in force at ``now`` together by the precedence above; the order of ``rows`` is of no
    consequence. Raises ValueError for a value that its effect does not allow."""
    in_force = [row for row in rows if row.starts <= now and (row.ends == 0.0 or now < row.ends)]
    shipped = {row.effect: row.value for row in in_force if row.source == "shipped"}
    active = [row for row in in_force if row.source != "shipped"]
    active.sort(key=lambda row: (PRECEDENCE.index(row.source), -row.starts, row.id))
    overrides: list[str] = []
    single: dict[str, PlanRow] = {}
    for row in active:
        if row.effect in SINGLE:
            winner = single.setdefault(row.effect, row)
            if winner.value != row.value:
                overrides.append(_gave_way(row, winner))
    only, limit = _only(active, overrides)
    blocks, pins = _pins(active, only, limit, overrides)
    leans = _leans(active, blocks, only, limit, overrides)
    screen = _screen(active, overrides)
    return EffectivePlan(
        pin_skills=tuple(row.value for row in pins if row.effect == "pin-skill"),
        pin_activities=tuple(_pinned(row) for row in pins if row.effect != "pin-skill"),
        block_skills=frozenset(blocks),
        only_skills=only,
        only_subjects=_subjects(single.get("only-subjects")),
        subjects_by=single["only-subjects"].source if "only-subjects" in single else None,
        target_success=_number(single.get("target-success"), DEFAULT_PLAN.target_success, 0.5, 0.95),
        daily_goal=int(_number(single.get("daily-goal"), DEFAULT_PLAN.daily_goal, 1, 200)),
        policy=_name(single.get("policy"), shipped.get("policy", DEFAULT_PLAN.policy)),
        model=_name(single.get("model"), shipped.get("model", DEFAULT_PLAN.model)),
        day_offset=day_offset,
        pinned_by=tuple((_pinned(row), row.id, row.source) for row in pins),
        overrides=tuple(overrides),
        leans=leans,
        playlist=_parts(single["playlist"].value) if "playlist" in single else (),
        playlist_by=single["playlist"].source if "playlist" in single else None,
        screen_minutes=screen,
        claims=tuple(claim_of(row.value) for row in pins if row.effect == "check-activity"),
    )


def _rank(row: PlanRow) -> int:
    return PRECEDENCE.index(row.source)


def _gave_way(loser: PlanRow, winner: PlanRow) -> str:
    return (
        f"{loser.source} {loser.id} ({loser.effect} {loser.value}) gave way to "
        f"{winner.source} {winner.id} ({winner.effect} {winner.value})"
    )


def _only(active: list[PlanRow], overrides: list[str]) -> tuple[frozenset[str] | None, PlanRow | None]:
    """The highest source that limits the skills decides; rows of that source are united."""
    rows = [row for row in active if row.effect == "only-skills"]
    if not rows:
        return None, None
    top = [row for row in rows if row.source == rows[0].source]
    overrides.extend(_gave_way(row, rows[0]) for row in rows[len(top) :] if row.value != rows[0].value)
    return frozenset(skill.strip() for row in top for skill in row.value.split(",") if skill.strip()), rows[0]


def _pins(
    active: list[PlanRow], only: frozenset[str] | None, limit: PlanRow | None, overrides: list[str]
) -> tuple[dict[str, PlanRow], list[PlanRow]]:
    """Let blocks and pins of the same skill meet: the higher source wins, the block within one source."""
    pinned = {row.value: row for row in reversed(active) if row.effect == "pin-skill"}
    blocks: dict[str, PlanRow] = {}
    for row in active:
        if row.effect == "block-skill":
            rival = pinned.get(row.value)
            if rival is not None and _rank(rival) < _rank(row):
                overrides.append(_gave_way(row, rival))
            else:
                blocks.setdefault(row.value, row)
    pins: dict[tuple[str, str], PlanRow] = {}
    for row in active:
        if row.effect == "pin-skill" and row.value in blocks:
            overrides.append(_gave_way(row, blocks[row.value]))
        elif row.effect == "pin-skill" and limit is not None and only is not None and row.value not in only:
            if _rank(row) <= _rank(limit):
                pins.setdefault((row.effect, row.value), row)
            else:
                overrides.append(_gave_way(row, limit))
        elif row.effect in ("pin-skill", "pin-activity", "check-activity"):
            pins.setdefault((row.effect, row.value), row)
    return blocks, list(pins.values())


def _pinned(row: PlanRow) -> str:
    """The skill or activity that a row pins."""
    return claim_of(row.value).activity if row.effect == "check-activity" else row.value


def _leans(
    active: list[PlanRow],
    blocks: dict[str, PlanRow],
    only: frozenset[str] | None,
    limit: PlanRow | None,
    overrides: list[str],
) -> tuple[Lean, ...]:
    """What is leaned towards, one lean a skill: of the highest source, there the learner's own choice, then the one that ends
    first. A lean opens nothing: it gives way to every block and to every limit of the skills."""
    found: dict[str, Lean] = {}
    rows = [(row, *wanted_by(row.value)) for row in active if row.effect in LEANING]
    rows.sort(key=lambda each: (_rank(each[0]), each[0].effect, each[2] or float("inf"), each[0].id))
    for row, skill, due in rows:
        if skill in blocks:
            overrides.append(_gave_way(row, blocks[skill]))
        elif limit is not None and only is not None and skill not in only:
            overrides.append(_gave_way(row, limit))
        else:
            found.setdefault(skill, Lean(skill, row.id, row.source, row.effect, due))
    return tuple(found.values())


def wanted_by(value: str) -> tuple[str, float]:
    """Return the skill that a lean's value names, and when it is wanted by (0: no day). That is not the row's end: rows are
    ended early when a goal changes, and decisions of before must not change with it.

    >>> wanted_by("6.RP.A.1@1790000000"), wanted_by("6.RP.A.1")
    (('6.RP.A.1', 1790000000.0), ('6.RP.A.1', 0.0))
    """
    skill, _, due = value.rpartition("@")
    return (skill, float(due)) if skill and due.isdecimal() else (value, 0.0)


def _screen(active: list[PlanRow], overrides: list[str]) -> int:
    """The day's limit in minutes, 0 for none: an accommodation's where there is one, else the smallest that anybody has set,
    because a limit that a family sets must not be lifted by a school's wider one."""
    rows = [row for row in active if row.effect == "screen-minutes"]
    if not rows:
        return 0
    top = [row for row in rows if row.source == "accommodation"] or rows
    winner = min(top, key=lambda row: (_number(row, 0.0, 1, 1440), row.id))
    overrides.extend(_gave_way(row, winner) for row in rows if row.value != winner.value)
    return int(_number(winner, 0.0, 1, 1440))


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _number(row: PlanRow | None, default: float, low: float, high: float) -> float:
    if row is None:
        return default
    try:
        value = float(row.value)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise ValueError(f"plan row {row.id}: {row.effect} is a number from {low:g} to {high:g}, not {row.value!r}")
    return value


def _subjects(row: PlanRow | None) -> frozenset[str] | None:
    return (frozenset(_parts(row.value)) or None) if row is not None else None


def _name(row: PlanRow | None, default: str) -> str:
    return default if row is None else row.value

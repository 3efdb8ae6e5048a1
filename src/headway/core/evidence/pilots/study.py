"""A study as a table of learners, checked before anything is computed from it.

Every refusal says what is wrong, where, and how to mend it: a wrong unit or a doubled learner gives numbers that look right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

Labels = Sequence[str | None]
Table = Mapping[str, "Floats | Labels"]
Unit = Literal["learner", "class", "school"]
Basis = Literal["randomised", "matched", "comparison"]

SMALL = 10
"""No figure is shown of fewer learners than this."""
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column plays which part. ``unit``: what was given its arm; ``cluster`` is its column; where the unit
    is a learner it may name groups with something in common, as a teacher, for the errors. ``chance``: with which each learner
    was dealt their arm, where shares changed on the way (see ``adaptive``), and ``when`` they were dealt: who comes later may
    score otherwise, and an arm that got more of them would be judged by that.
    ``design``: ``randomised`` by chance, ``comparison`` with groups as they are, ``matched`` with groups to be matched."""

    outcomes: tuple[str, ...]
    arm: str
    control: str
    learner: str | None = None
    unit: Unit = "learner"
    cluster: str | None = None
    blocks: tuple[str, ...] = ()
    pretest: str | None = None
    covariates: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    site: str | None = None
    exposed: str | None = None
    design: Basis = "randomised"
    chance: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A checked study. ``arm`` [N] counts from 0, the control; ``outcomes`` are nan where a learner has none.
    ``characteristics``: what was known before (pretest first), as numbers; ``named`` of ``subgroups`` are their levels."""

    roles: Roles
    arms: tuple[str, ...]
    arm: Ints
    learner: Labels | None
    outcomes: Mapping[str, Floats]
    cluster: Ints | None
    cluster_names: tuple[str, ...]
    block: Ints | None
    site: Ints | None
    characteristics: Mapping[str, Floats]
    subgroups: Mapping[str, tuple[Ints, tuple[str, ...]]]
    exposed: Floats | None
    chance: Floats | None = None
    when: Floats | None = None

    @property
    def rows(self) -> int:
        """Learners in the table."""
        return len(self.arm)


def study_of(table: Table, roles: Roles) -> Study:
    """Check a table against its roles. Raises ValueError."""
    _there(table, roles)
    arms, arm = _arms(table, roles)
    outcomes = {name: _outcome(table, name, arm, arms) for name in roles.outcomes}
    names: tuple[str, ...] = ()
    cluster = None
    if roles.cluster is not None:
        cluster, names = coded(table[roles.cluster], roles.cluster)
    _unit(roles, arm, arms, cluster, names)
    if roles.learner is not None:
        _single(table[roles.learner], roles.learner)
    block = None
    if roles.blocks:
        parts = [coded(table[name], name)[0] for name in roles.blocks]
        block = np.unique(np.stack(parts), axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
    exposed = None
    if roles.exposed is not None:
        exposed = numeric(table[roles.exposed], roles.exposed)
        if not np.isin(exposed[np.isfinite(exposed)], (0.0, 1.0)).all() or not np.isfinite(exposed).all():
            raise ValueError(
                f"column {roles.exposed}: whether a learner used it is 1 or 0 for everybody; fill it in so"
            )
    wanted = ([roles.pretest] if roles.pretest else []) + [c for c in roles.covariates if c != roles.pretest]
    characteristics: dict[str, Floats] = {}
    for name in wanted:
        characteristics |= _characteristic(table[name], name)
    return Study(
        roles, arms, arm, None if roles.learner is None else _text(table[roles.learner]), outcomes,
        cluster, names, block,
        None if roles.site is None else coded(table[roles.site], roles.site)[0], characteristics,
        {name: _levels(table[name], name) for name in roles.subgroups}, exposed,
        None if roles.chance is None else _chance(table, roles),
        None if roles.chance is None or roles.when is None else _when(table, roles.when),
    )  # fmt: skip


def _there(table: Table, roles: Roles) -> None:
    asked = [*roles.outcomes, roles.arm, roles.learner, roles.cluster, *roles.blocks, roles.pretest, *roles.covariates,
             *roles.subgroups, roles.site, roles.exposed, roles.chance, roles.when]  # fmt: skip
    for name in asked:
        if name is not None and name not in table:
            raise ValueError(f"there is no column {name}. It has: {', '.join(list(table)[:20])}. Name one of these")
    if not roles.outcomes:
        raise ValueError("name an outcome")
    spent = {roles.arm, *roles.outcomes}
    for name in (*roles.covariates, *roles.subgroups, roles.pretest):
        if name in spent:
            raise ValueError(f"column {name} is the arm or an outcome; it cannot be a covariate or a subgroup too")
    if roles.unit != "learner" and roles.cluster is None:
        raise ValueError(f"the arms were given to a {roles.unit}: say in which column it is")


def _chance(table: Table, roles: Roles) -> Floats:
    if roles.unit != "learner" or roles.design != "randomised" or roles.subgroups:
        raise ValueError(
            "learners with chances of their own are weighed one by one: chance has to have dealt to learners, and subgroups are "
            "not compared. Leave these out"
        )
    values = numeric(table[str(roles.chance)], str(roles.chance))
    good = (values > 0.0) & (values <= 1.0)
    if not good.all():
        raise ValueError(
            f"column {roles.chance}: row {int(np.argmin(good)) + 1} has no chance above 0 and at most 1. Give the one that the "
            "learner was dealt with"
        )
    return values


def _when(table: Table, name: str) -> Floats:
    values = numeric(table[name], name)
    if np.isnan(values).any():
        raise ValueError(f"column {name}: row {int(np.isnan(values).argmax()) + 1} is empty. Say when each was dealt")
    return values


def _text(values: Floats | Labels) -> list[str | None]:
    if isinstance(values, np.ndarray):
        return [None if v != v else f"{v:g}" if v != int(v) else str(int(v)) for v in values.tolist()]
    return list(values)


def coded(values: Floats | Labels, name: str) -> tuple[Ints, tuple[str, ...]]:
    """Number the names from 0 in their order; ValueError for an empty one."""
    if isinstance(values, np.ndarray):
        if np.isnan(values).any():
            raise ValueError(
                f"column {name}: row {int(np.isnan(values).argmax()) + 1} is empty. Fill it in or leave it out"
            )
        distinct, number = np.unique(values, return_inverse=True)
        return number.astype(np.int64), tuple(str(label) for label in _text(distinct))
    texts = list(values)
    if None in texts:
        raise ValueError(f"column {name}: row {texts.index(None) + 1} is empty. Fill it in or leave it out")
    known = sorted({str(text) for text in texts})
    place = {label: k for k, label in enumerate(known)}
    return np.array([place[str(text)] for text in texts], np.int64), tuple(known)


def numeric(values: Floats | Labels, name: str) -> Floats:
    """The column as numbers, nan where empty; ValueError for words or infinity."""
    if not isinstance(values, np.ndarray):
        word = next((str(v) for v in values if v is not None), None)
        if word is None:
            raise ValueError(f"column {name} is empty. Fill it in, or name another column")
        raise ValueError(  # noqa: TRY004 (the table is wrong, not the caller)
            f"column {name} holds words such as {word!r}, not numbers. Name a column of numbers"
        )
    if np.isinf(values).any():
        raise ValueError(
            f"column {name}: row {int(np.isinf(values).argmax()) + 1} is infinite. Mend it or leave it empty"
        )
    return values


def _arms(table: Table, roles: Roles) -> tuple[tuple[str, ...], Ints]:
    number, names = coded(table[roles.arm], roles.arm)
    if len(names) < 2:
        raise ValueError(
            f"column {roles.arm} has one arm, {names[0]!r}; a comparison needs two. Add the comparison group"
        )
    if len(names) > MOST_LEVELS:
        raise ValueError(
            f"column {roles.arm} has {len(names)} different values; that is no column of arms. Name another"
        )
    if roles.control not in names:
        raise ValueError(
            f"column {roles.arm} has no {roles.control!r}; it has {', '.join(names)}. Say which is the control"
        )
    order = [roles.control, *(name for name in names if name != roles.control)]
    place = np.array([order.index(name) for name in names])
    return tuple(order), place[number]


def _outcome(table: Table, name: str, arm: Ints, arms: tuple[str, ...]) -> Floats:
    values = numeric(table[name], name)
    known = values[np.isfinite(values)]
    if len(known) == 0:
        raise ValueError(f"column {name} has no value. Name another outcome")
    if known.min() == known.max():
        raise ValueError(
            f"column {name} is {known[0]:g} for everybody, so nothing can be compared. Name another outcome"
        )
    for place, label in enumerate(arms):
        count = int(np.isfinite(values[arm == place]).sum())
        if count < SMALL:
            raise ValueError(
                f"column {name}: {count} learners of arm {label!r} have a value; with fewer than {SMALL} single children show. "
                "Wait for more, or leave the arm out"
            )
    return values


def _single(values: Floats | Labels, name: str) -> None:
    number, names = coded(values, name)
    counts = np.bincount(number)
    if counts.max() > 1:
        who = names[int(counts.argmax())]
        raise ValueError(
            f"column {name}: learner {who} stands in {int(counts.max())} rows, {int((counts > 1).sum())} learners in all. "
            "Give each learner one row"
        )


def _unit(roles: Roles, arm: Ints, arms: tuple[str, ...], cluster: Ints | None, names: tuple[str, ...]) -> None:
    """Refuse a unit that the table contradicts."""
    if cluster is None:
        return
    given = np.unique(np.stack([cluster, arm]), axis=1)
    mixed = np.bincount(given[0]) > 1
    if roles.unit != "learner" and mixed.any():
        raise ValueError(
            f"wrong unit: {roles.unit} {names[int(mixed.argmax())]} has learners of several arms ({int(mixed.sum())} such in "
            "all), so arms were given to something smaller. Name that unit, or mend the rows"
        )
    if roles.unit == "learner" and not mixed.any() and len(names) < len(arm):
        raise ValueError(
            f"wrong unit: every {roles.cluster} has one arm only, so arms were given to {roles.cluster}, not to learners; errors "
            "between learners would be far too small. Name that unit"
        )
    if roles.unit != "learner":
        for place, label in enumerate(arms):
            if int((given[1] == place).sum()) < 2:
                raise ValueError(
                    f"arm {label!r} has one {roles.unit}, so its effect cannot be told from that {roles.unit} itself. Take "
                    "two at the very least"
                )


def _characteristic(values: Floats | Labels, name: str) -> dict[str, Floats]:
    """Numbers as they are; words as one column of 0 and 1 a level but the commonest."""
    if isinstance(values, np.ndarray):
        return {name: numeric(values, name)}
    known = [str(v) for v in values if v is not None]
    levels = sorted(set(known), key=lambda label: (-known.count(label), label))
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise ValueError(f"column {name} has {len(levels)} different words; a covariate has 2 to {MOST_LEVELS}")
    return {
        f"{name}={label}": np.array([np.nan if v is None else float(str(v) == label) for v in values])
        for label in levels[1:]
    }


def _levels(values: Floats | Labels, name: str) -> tuple[Ints, tuple[str, ...]]:
    texts = ["(none)" if v is None else v for v in _text(values)]
    number, names = coded(texts, name)
    if not 2 <= len(names) <= MOST_LEVELS:
        raise ValueError(f"column {name} has {len(names)} different values; a subgroup has 2 to {MOST_LEVELS}")
    return number, names

"""Days to schedule: random ones of every kind, and the exact optimum of tiny ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day
from headway.core.environment.schedule.rules import ANY, Absent, Apart, Ban, Most, Pin, Rule

STYLES = ("usual", "tight", "loose", "one adult", "no devices", "many skills", "not ready", "no sessions")
MODALITIES = {
    "small group": (12, 4, False),
    "workshop": (24, 10, True),
    "tutoring": (3, 1, False),
    "circle": (8, 4, False),
}


def random_day(rng: np.random.Generator, learners: int, style: str = "usual", blocks: int = 4) -> Day:
    """A day of synthetic gains; ``style`` names what is odd about it."""
    skills = 300 if style == "many skills" else max(2, learners // 5)
    names = list(MODALITIES)
    kinds = [(name, skill) for skill in range(skills) for name in names]
    rows: list[tuple[int, int, int, float]] = []
    for learner in range(learners):
        ready = 0 if style == "not ready" and learner % 3 == 0 else int(rng.integers(1, 7))
        for item, skill in enumerate(rng.choice(skills, size=min(ready, skills), replace=False).tolist()):
            base = float(rng.lognormal(-0.8, 0.4))
            for at, name in enumerate(names):
                if rng.random() < 0.9:
                    factor = {"small group": 1.3, "workshop": 0.9, "tutoring": 1.8, "circle": 0.9}[name]
                    rows.append((learner, skill * len(names) + at, item, base * factor * float(rng.uniform(0.8, 1.2))))
            rows.append((learner, DEVICE, item, base * 0.7))
        rows.append((learner, OVERFLOW, -1, 0.1))
    crews = 1 if style == "one adult" else 3
    adults = {"tight": 1, "one adult": 1, "no sessions": 0, "loose": max(1, learners // 8)}.get(
        style, max(1, learners // 60)
    )
    openings = [(int(rng.integers(crews)), kind) for kind in range(len(kinds)) if rng.random() < 0.95]
    more = [(int(rng.integers(crews)), kind) for kind in range(0, len(kinds), 5)]
    openings += [pair for pair in more if pair not in openings]
    devices = {"no devices": 0, "tight": learners // 5, "loose": 4 * learners}.get(style, learners // 2)
    table = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
    return Day(
        learners=learners, blocks=blocks, learner=table[:, 0], kind=table[:, 1], item=table[:, 2],
        gain=np.array([row[3] for row in rows]), modalities=tuple(name for name, _ in kinds),
        skills=np.array([skill for _, skill in kinds]), largest=np.array([MODALITIES[name][0] for name, _ in kinds]),
        smallest=np.array([MODALITIES[name][1] for name, _ in kinds]), large=np.array([MODALITIES[name][2] for name, _ in kinds]),
        openings=np.array(openings, dtype=np.int64).reshape(-1, 2), adults=np.full((crews, blocks), adults),
        rooms=np.full(blocks, max(1, learners // 100)), devices=np.full(blocks, devices),
    )  # fmt: skip


def random_rules(rng: np.random.Generator, day: Day, count: int) -> tuple[Rule, ...]:
    """Rules at random; more pins than a day can bear are among them."""
    rules: list[Rule] = []
    for _ in range(count):
        learner, other = (int(n) for n in rng.choice(day.learners, size=2, replace=False))
        block = int(rng.integers(day.blocks)) if rng.random() < 0.5 else ANY
        own = np.flatnonzero((day.learner == learner) & (day.kind != OVERFLOW))
        kind = int(day.kind[rng.choice(own)]) if len(own) else 0
        which = rng.random()
        if which < 0.4:
            rules.append(Pin(learner, kind, block))
        elif which < 0.6:
            rules.append(Ban(learner, kind, block))
        elif which < 0.7:
            rules.append(Ban(learner, modality=str(rng.choice(list(MODALITIES)))))
        elif which < 0.85:
            rules.append(Apart(learner, other))
        elif which < 0.95:
            rules.append(Most(learner, str(rng.choice(["", *MODALITIES])), int(rng.integers(0, 2))))
        else:
            rules.append(Absent(learner, block))
    return tuple(rules)


def exact_value(day: Day) -> float:
    """The best value of a tiny day, by an integer program over all seats and sessions of all blocks."""
    choices, blocks, openings = len(day.learner), day.blocks, len(day.openings)
    seats = choices * blocks
    rows: list[tuple[dict[int, float], float, float]] = []

    def group(keys: Sequence[tuple[int, ...]], most: dict[tuple[int, ...], float]) -> None:
        table: dict[tuple[int, ...], dict[int, float]] = {}
        for column, key in enumerate(keys):
            table.setdefault(key, {})[column] = 1.0
        rows.extend((table[key], 0.0, most.get(key, 1.0)) for key in table if -1 not in key)

    at = [(c, b) for c in range(choices) for b in range(blocks)]
    group([(int(day.learner[c]), b) for c, b in at], {})
    group([(int(day.learner[c]), int(day.item[c])) for c, b in at], {})
    own = [(int(day.learner[c]),) if day.kind[c] == DEVICE else (-1,) for c, b in at]
    group(own, {(s,): float(day.device_limit) for s in range(day.learners)})
    group(
        [(b,) if day.kind[c] == DEVICE else (-1,) for c, b in at], {(b,): float(day.devices[b]) for b in range(blocks)}
    )
    for block in range(blocks):
        column = {o: seats + block * openings + o for o in range(openings)}
        for kind in range(len(day.modalities)):
            sits = {c * blocks + block: 1.0 for c in np.flatnonzero(day.kind == kind).tolist()}
            runs = [column[o] for o in range(openings) if day.openings[o, 1] == kind]
            rows.append((sits | dict.fromkeys(runs, -float(day.largest[kind])), -np.inf, 0.0))
            rows.append((sits | dict.fromkeys(runs, -float(day.smallest[kind])), 0.0, np.inf))
        for crew in range(len(day.adults)):
            busy = {column[o]: 1.0 for o in range(openings) if day.openings[o, 0] == crew}
            rows.append((busy, 0.0, float(day.adults[crew, block])))
        rows.append(
            ({column[o]: 1.0 for o in range(openings) if day.large[day.openings[o, 1]]}, 0.0, float(day.rooms[block]))
        )
    entries = [(r, c, w) for r, (terms, _, _) in enumerate(rows) for c, w in terms.items()]
    size = (len(rows), seats + blocks * openings)
    matrix = coo_array(
        ([w for _, _, w in entries], ([r for r, _, _ in entries], [c for _, c, _ in entries])), shape=size
    ).tocsr()
    gains = np.concatenate([np.repeat(day.gain, blocks), np.zeros(blocks * openings)])
    upper = np.concatenate([np.ones(seats), np.full(blocks * openings, float(day.adults.max(initial=0)))])
    done = milp(
        -gains, constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        integrality=np.ones(size[1]), bounds=Bounds(0.0, upper),
    )  # fmt: skip
    assert done.x is not None, done.message
    return float(-done.fun)

"""Districts in small: a path that chooses by what it believes, learners who are not the model, and content with faults.

It is all arrays, so a district of 300 learners takes a second. Learners differ in general and by skill, learn a little from
each answer, and have a sharper answer curve than the model's; the path takes the skill and the item that a running
estimate says will be solved about as often as wanted. So what is tested includes the path's selection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, Floats, ItemInfo, compile_curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.refit.log import Chunk

DAY, MONDAY = 86400.0, 1_789_000_000.0
SHARP = 1.3
FITTED = GaussianParameters(spread=0.87, transfer=0.7, forget=0.1, idle=0.002, learn=0.04, drift=0.01)
"""About what ``refit.estimate`` finds in such a district; fitting each anew takes seconds (``make prove ARGS=content`` does)."""


@dataclass(frozen=True)
class Faults:
    """What is wrong with the content: ``keys`` items whose key is a common wrong answer, ``blind`` ones whose key is wrong
    and nobody knows the answers given, ``moved`` logits that items become harder in the middle of the time, ``idle``
    items whose hints do nothing, ``false`` edges that the graph has and minds have not, ``missing`` the other way round, and
    ``twofold`` skills whose odd items are another skill in the mind."""

    keys: frozenset[int] = frozenset()
    blind: frozenset[int] = frozenset()
    moved: Mapping[int, float] = field(default_factory=dict)
    idle: frozenset[int] = frozenset()
    false: frozenset[tuple[int, int]] = frozenset()
    missing: frozenset[tuple[int, int]] = frozenset()
    twofold: frozenset[int] = frozenset()


SOUND = Faults()


Edges = frozenset[tuple[int, int]]


@cache
def curriculum(false: Edges, missing: Edges, skills: int = 24, each: int = 6) -> Curriculum:
    """What builds on what in the minds, but for what is missing, plus what is false."""
    edges = (set(true_edges(skills)) - missing) | false
    graph = SkillGraph(
        tuple(Skill(f"S{n:02d}", f"Skill {n}", "", "math", "5", "D", (), False) for n in range(skills)),
        tuple((f"S{a:02d}", f"S{b:02d}") for a, b in sorted(edges)),
    )
    activities = [
        ActivityInfo(
            f"S{n:02d}.{k}", "imported", f"S{n:02d}", (ItemInfo(f"S{n:02d}.{k}", (f"S{n:02d}",), k * 0.3 - 0.8),)
        )
        for n in range(skills)
        for k in range(each)
    ]
    return compile_curriculum(graph, activities)


def true_edges(skills: int) -> list[tuple[int, int]]:
    """What builds on what in the minds."""
    return [(n - 3, n) for n in range(3, skills) if n % 2]


def minds(rng: np.random.Generator, learners: int, skills: int, faults: Faults) -> tuple[Floats, Floats]:
    """Draw ability [L, S] in the even and in the odd items of each skill; a prerequisite carries 0.6 of its standing over."""
    own = rng.normal(0.0, 0.7, (learners, skills))
    for earlier, later in true_edges(skills):
        own[:, later] = 0.6 * own[:, earlier] + 0.8 * own[:, later]
    odd = own.copy()
    for skill in faults.twofold:
        odd[:, skill] = rng.normal(0.0, 0.7, learners)
    general = rng.normal(3.0, 0.7, learners)[:, None]
    return general + own, general + odd


def district(
    faults: Faults = SOUND, *, learners: int = 300, steps: int = 90, seed: int = 0
) -> tuple[Chunk, Curriculum]:
    """Let the learners work on what the path chooses; the log, and the curriculum as the district has it."""
    c, rng = curriculum(faults.false, faults.missing), np.random.default_rng(seed)
    count = len(c.skills)
    even, odd = minds(rng, learners, count, faults)
    guess = np.full((learners, count), 3.0)
    times = np.sort(rng.uniform(MONDAY, MONDAY + 60 * DAY, (learners, steps)), axis=1)
    rows = {name: np.zeros((learners, steps)) for name in ("item", "correct", "hints", "given")}
    who, each = np.arange(learners), len(c.items) // count
    shift = np.array([faults.moved.get(n, 0.0) for n in range(len(c.items))])
    for step in range(steps):
        # The next open skill by the path's belief, and the item of it that will be solved about as often as wanted.
        open_ = np.abs(guess - 3.0 - 0.15 * step / 3.0) + rng.gumbel(0.0, 0.6, guess.shape)
        skill = np.argmin(open_[:, : 3 + min(step // 4, count - 3)], axis=1)
        hard = c.difficulty.reshape(count, each)[skill]
        nth = np.argmin(np.abs(guess[who, skill][:, None] - hard - 1.0) + rng.gumbel(0.0, 0.3, hard.shape), axis=1)
        item = skill * each + nth
        mind = np.where(nth % 2 == 1, odd[who, skill], even[who, skill])
        late = times[:, step] > MONDAY + 30 * DAY
        knows = 1.0 / (1.0 + np.exp(-SHARP * (mind - c.difficulty[item] - np.where(late, shift[item], 0.0))))
        asks = rng.random(learners) < 0.5 * (1.0 - knows)
        helps = np.where(np.isin(item, list(faults.idle)), 0.0, 0.45)
        knows = np.where(asks, knows + (1.0 - knows) * helps, knows) * 0.96
        right = rng.random(learners) < knows
        slip = rng.integers(1, 5, learners)  # which wrong answer
        typed = np.where(right, 0, np.where(rng.random(learners) < 0.5, 1, slip))
        key = np.where(np.isin(item, list(faults.keys | faults.blind)), 1, 0)
        right = typed == key
        code = np.where(np.isin(item, list(faults.blind)), -1, item * 8 + typed)
        for name, value in (("item", item), ("correct", right), ("hints", asks), ("given", np.where(right, -1, code))):
            rows[name][:, step] = value
        solved = right & ~asks
        gap = solved - 1.0 / (1.0 + np.exp(-(guess[who, skill] - c.difficulty[item])))
        guess[who, skill] += 0.6 * gap
        guess += 0.06 * gap[:, None]
        for abilities in (even, odd):
            abilities[who, skill] += 0.04
    return _chunk(rows, times, c), c


def _chunk(rows: dict[str, Floats], times: Floats, c: Curriculum) -> Chunk:
    learners, steps = times.shape
    item = rows["item"].ravel().astype(np.int32)
    return Chunk(
        learner=np.arange(learners),
        starts=np.arange(0, learners * steps + 1, steps),
        mean=np.full(learners, 3.0),
        variance=np.ones(learners),
        item=item,
        loose=np.zeros(len(item)),
        skills_at=np.arange(len(item) + 1),
        skills=c.item_skills[c.item_skills_at[item]],
        correct=rows["correct"].ravel().astype(np.int8),
        attempt=np.ones(len(item), np.int16),
        hints=rows["hints"].ravel().astype(np.int16),
        shown=np.zeros(len(item), bool),
        counted=np.ones(len(item), bool),
        at=times.ravel(),
        given=rows["given"].ravel().astype(np.int32),
    )

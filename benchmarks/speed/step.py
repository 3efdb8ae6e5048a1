"""The amortised cost of ``core.loop.step`` with model, mastery criterion and policy, and of storing a profile.

``python -m benchmarks.speed.step`` prints CPU milliseconds a turn for batches of 1, 32 and 128 learners on the
shipped graph of 480 skills; the bar is 0.2 ms at 32. Learners have some weeks of practice behind them, three answers
in four are right, and every finished activity is followed by a decision.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import numpy as np

from headway.core.curriculum.catalogue import (
    ActivityInfo,
    Curriculum,
    ItemInfo,
    compile_curriculum,
    generated_activities,
)
from headway.core.events import Event, Response, Start
from headway.core.loop import Turn, step
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile, new_profile
from headway.standards.graph import shipped_graph

BAR = 0.2
"""CPU milliseconds a turn, amortised in batches of 32."""
MONDAY, DAY = 1_788_768_000.0, 86_400.0


@dataclass(frozen=True, slots=True)
class StepCost:
    """CPU milliseconds a turn for the step, and for decoding and encoding one profile; ``size`` bytes a profile,
    ``touched`` skills in it, ``decided`` the share of turns that ended in a decision."""

    batch: int
    step: float
    codec: float
    size: float
    touched: float
    decided: float


def curriculum() -> Curriculum:
    """The shipped graph, our templates, and one two-step problem for each skill that has none."""
    graph, ours = shipped_graph(), generated_activities()
    has = {activity.skill for activity in ours}
    more = [
        ActivityInfo(
            f"p-{s.id}", "imported", s.id, (ItemInfo(f"p-{s.id}.1", (s.id,)), ItemInfo(f"p-{s.id}.2", (s.id,)))
        )
        for s in graph.skills
        if s.id not in has
    ]
    return compile_curriculum(graph, [*ours, *more])


def _event(profile: Profile, number: int, now: float, right: bool, made: Curriculum) -> Event:
    current, name = profile.current, profile.learner
    info = made.activity(current.activity)
    if info is None:
        return Start(f"{name}-{number}", name, now)
    item = info.items[current.step]
    return Response(
        f"{name}-{number}", name, current.activity, current.step, item.id, item.skills, "7", right, now, current.attempt
    )


def measure(batch: int, made: Curriculum, plan: EffectivePlan = DEFAULT_PLAN, rounds: int = 0) -> StepCost:
    """Run ``rounds`` batches after a warm-up as long as half of them, each learner once a batch."""
    rounds = rounds or max(120, 4000 // batch)
    rng = np.random.default_rng(0)
    profiles = [new_profile(f"learner-{n}", grade=str(3 + n % 6), interests=("music",)) for n in range(batch)]
    spent_step = spent_codec = 0.0
    turns = decided = 0
    now = MONDAY
    for number in range(rounds + rounds // 2):
        now += 45.0 if number % 40 else DAY
        batch_turns = [Turn(p, plan, _event(p, number, now, bool(rng.random() < 0.75), made), now) for p in profiles]
        begin = time.process_time()
        outcomes = step(batch_turns, made)
        middle = time.process_time()
        profiles = [decode(encode(outcome.profile)) for outcome in outcomes]
        end = time.process_time()
        if number >= rounds // 2:
            spent_step, spent_codec = spent_step + middle - begin, spent_codec + end - middle
            turns, decided = turns + batch, decided + sum(o.decision is not None for o in outcomes)
    return StepCost(
        batch,
        1000.0 * spent_step / turns,
        1000.0 * spent_codec / turns,
        float(np.mean([len(encode(p)) for p in profiles])),
        float(np.mean([len(p.state.skills) for p in profiles])),
        decided / turns,
    )


def main() -> list[dict[str, float]]:
    """Print one line a batch size and return the figures."""
    made = curriculum()
    print(f"{len(made.skills)} skills, {len(made.activities)} activities; bar: {BAR} ms a turn at 32")
    found = [measure(batch, made) for batch in (1, 32, 128)]
    for cost in found:
        print(
            f"batch {cost.batch:>3}: step {cost.step:.3f} ms, decode + encode {cost.codec:.3f} ms a turn "
            f"({cost.size:.0f} bytes, {cost.touched:.0f} skills touched, {100 * cost.decided:.0f} % decided)"
        )
    return [asdict(cost) for cost in found]


if __name__ == "__main__":
    main()

"""Do 90 % intervals of ability hold the truth nine times in ten? Learners that follow the ability layer's own equations.

``python -m benchmarks coverage`` draws learners of grade 5 on the shipped graph, lets each practise some skills and compares
what a model believes after 12, 60 and 200 responses with what is true, overall and of every practised skill. Bar:
88 to 92 %. Then each learner sits an adaptive test on the same calibrated items before they practise: do the two estimates of
overall ability agree within their errors?
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.intervention.screening_bank import family_pool, screening_design
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.refit.calibrated import CalibratedTied, Calibration, calibrated
from headway.core.mastery.state import Evidence
from headway.core.mastery.tied import TiedGaussian
from headway.core.measurement.adaptive.scoring import ability_of
from headway.core.measurement.adaptive.sitting import answer, begin

MONDAY, GRADE, REACH = 1_788_768_000.0, 5, 1.645


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of 90 % intervals that hold the truth after ``responses``: ``overall`` [0, 1] of ``learners``, ``skill`` of
    ``skills`` practised ones."""

    model: str
    practised: int
    responses: int
    overall: float
    skill: float
    learners: int
    skills: int


@dataclass(frozen=True, slots=True)
class Anchored:
    """Practice against an adaptive test, both of overall ability: ``apart`` mean difference in logits, ``slope`` of the test's
    estimate on that of practice, ``spread`` standard deviation of differences in units of their errors, ``agree`` share of them
    within 1.645 errors, ``learners`` how many."""

    apart: float
    slope: float
    spread: float
    agree: float
    learners: int


class Mind:
    """A learner's true ability: overall, and of each skill what its prerequisites hand on and a part of its own."""

    def __init__(self, model: Gaussian | TiedGaussian, curriculum: Curriculum, rng: np.random.Generator) -> None:
        c, g = curriculum, model.parameters
        self.curriculum, self.given, self.rng = c, g, rng
        self.overall = float(rng.normal(model.initial(GRADE).overall_mean, g.overall**0.5))
        count = np.diff(c.before_at)
        spread = np.where(count > 0, g.spread * (1.0 - g.transfer**2 / np.maximum(count, 1)), g.spread)
        self.own = rng.normal(0.0, np.sqrt(spread))
        self.ability: dict[int, float] = {}

    def of(self, skill: int) -> float:
        """The ability of a skill in logits; before its first practice that of its prerequisites shows through."""
        if skill in self.ability:
            return self.ability[skill]
        c = self.curriculum
        before = c.before[c.before_at[skill] : c.before_at[skill + 1]].tolist()
        handed = float(np.mean([self.of(each) - self.overall for each in before])) if before else 0.0
        return self.overall + self.given.transfer * handed + float(self.own[skill])

    def answer(self, item: int, skills: list[int]) -> bool:
        """Answer an item, and learn from it."""
        self.ability |= {skill: self.of(skill) for skill in skills}
        gap = float(np.mean([self.ability[skill] for skill in skills])) - float(self.curriculum.difficulty[item])
        right = bool(self.rng.random() < 1.0 / (1.0 + np.exp(-gap)))
        for skill in skills:
            noise = float(self.rng.normal(0.0, (self.given.drift / len(skills)) ** 0.5))
            self.ability[skill] += self.given.learn / len(skills) + noise
        return right


def covered(
    model: Gaussian | TiedGaussian,
    curriculum: Curriculum,
    *,
    learners: int,
    practised: int,
    ends: tuple[int, ...] = (12, 60, 200),
    seed: int = 1,
) -> list[Coverage]:
    """Let learners practise ``practised`` skills at random and count, at each of ``ends`` responses."""
    c, rng = curriculum, np.random.default_rng(seed)
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]] for n in range(len(c.items))]
    near = np.unique([skill for each in lists for skill in each if abs(c.level[skill] - GRADE) <= 1.5])
    found = {end: np.zeros(4) for end in ends}
    for _ in range(learners):
        pool = set(rng.choice(near, min(practised, len(near)), replace=False).tolist())
        items = [n for n, each in enumerate(lists) if pool.issuperset(each.tolist())]
        mind, state = Mind(model, c, rng), model.initial(GRADE)
        for n in range(1, max(ends) + 1 if items else 1):
            item, now = items[int(rng.integers(len(items)))], MONDAY + 60.0 * n
            right = mind.answer(item, lists[item].tolist())
            state = model.update(state, c, Evidence(lists[item], float(c.difficulty[item]), right, now, item=item))
            if n in found:
                off = abs(state.overall_mean - mind.overall) / state.overall_variance**0.5
                belief, seen = model.belief(state, c, now), np.array(sorted(mind.ability))
                truth = np.array([mind.ability[skill] for skill in seen.tolist()])
                inside = np.abs(belief.mean[seen] - truth) <= REACH * np.sqrt(belief.variance[seen])
                found[n] += np.array([off <= REACH, 1.0, np.count_nonzero(inside), len(seen)])
    return [
        Coverage(model.name, practised, end, float(n[0] / n[1]), float(n[2] / n[3]), int(n[1]), int(n[3]))
        for end, n in found.items()
    ]


def anchored(curriculum: Curriculum, *, learners: int, seed: int = 5) -> Anchored:
    """Items are off by half a logit from what the curriculum says; practice (60 responses on 12 skills) and test (a screening of
    the grade, scored by weighted likelihood, so without the prior) read them from one calibration."""
    rng = np.random.default_rng(seed)
    off = dict(zip(curriculum.items, rng.normal(0.0, 0.5, len(curriculum.items)).tolist(), strict=True))
    model = CalibratedTied(calibration=Calibration(items=off))
    c = calibrated(model, curriculum)
    pool = family_pool(c, str(GRADE))
    design, numbers = screening_design(pool), [c.item_number[item] for item in pool.bank.ids]
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]] for n in range(len(c.items))]
    near = np.unique([skill for each in lists for skill in each if abs(c.level[skill] - GRADE) <= 1.5])
    found = []
    for n in range(learners):
        mind, state = Mind(model, c, rng), model.initial(GRADE)
        test = begin(pool, design, seed=n, mean=state.overall_mean)
        while test.pending >= 0:
            number = numbers[test.pending]
            gap = float(np.mean([mind.of(skill) for skill in lists[number].tolist()])) - float(c.difficulty[number])
            test = answer(pool, design, test, int(rng.random() < 1.0 / (1.0 + np.exp(-gap))))
        sat = ability_of(pool.bank, test.items, test.scores, method="wle")
        own = set(rng.choice(near, 12, replace=False).tolist())
        items = [item for item, each in enumerate(lists) if own.issuperset(each.tolist())]
        for k in range(60):
            item = items[int(rng.integers(len(items)))]
            right = mind.answer(item, lists[item].tolist())
            seen = Evidence(lists[item], float(c.difficulty[item]), right, MONDAY + 60.0 * k, item=item)
            state = model.update(state, c, seen)
        found.append((state.overall_mean, state.overall_variance, sat.theta, sat.se))
    mean, variance, theta, se = np.array(found).T
    apart = (mean - theta) / np.sqrt(variance + se**2)
    return Anchored(
        float((mean - theta).mean()), float(np.polyfit(mean, theta, 1)[0]), float(apart.std()),
        float((np.abs(apart) <= REACH).mean()), learners,
    )  # fmt: skip


def main() -> list[dict[str, object]]:
    """Print a line for each model, number of skills and responses, and return the figures."""
    from benchmarks.speed.step import curriculum

    made = curriculum()
    lines: list[dict[str, object]] = []
    for practised in (4, 12, 40):
        for model in (Gaussian(), TiedGaussian()):
            for each in covered(model, made, learners=1000, practised=practised):
                lines.append(asdict(each))
                print(
                    f"{each.model}  {each.practised:>2} skills, {each.responses:>3} responses: overall {each.overall:.3f} "
                    f"({each.learners:,} learners), skills {each.skill:.3f} ({each.skills:,})",
                    flush=True,
                )
    both = anchored(made, learners=400)
    lines.append(asdict(both))
    print(
        f"practice and adaptive test of {both.learners} learners: {both.apart:+.3f} logits apart, slope {both.slope:.2f}, "
        f"spread {both.spread:.2f} errors, {100 * both.agree:.1f} % within 1.645"
    )
    return lines


if __name__ == "__main__":
    main()

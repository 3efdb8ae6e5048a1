"""What the district's rules look at, put together for many learners; what the rules propose; what supports did here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.intervention.defaults import MEASURES
from headway.core.intervention.monitoring import Score, effect_for, effect_over
from headway.core.intervention.plans import WEEK_DAYS
from headway.core.intervention.rules import RuleBook
from headway.core.intervention.tiers import Evidence, Figure, Proposal, propose
from headway.core.measurement.growth.single_case import PhaseEffect, Pooled
from headway.school.intervention.cases import Case, cases_of
from headway.school.intervention.models import ProbeScore, SupportPlan, TierDecision
from headway.school.intervention.queries import Standing, rules_in_force, tiers_of
from headway.school.measurement.queries import Result, latest_results, measures
from headway.school.people.clock import day_of

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everybody of some schools as the rules see them: standings, cases and figures by learner, and what is proposed and not
    decided yet."""

    standings: dict[UUID, Standing]
    cases: dict[UUID, Case]
    evidence: dict[UUID, Evidence]
    proposals: tuple[Proposal, ...]


def outlook(district: UUID, learners: Sequence[UUID], now: float, *, book: RuleBook | None = None) -> Outlook:
    """Return how learners stand and whom the rules (those in force, or ``book``) would move. A proposal that was answered
    since the figures it rests on were written is not made again."""
    rules = book or rules_in_force(district)[1]
    standings, cases = tiers_of(learners), cases_of(learners, day_of(district, now))
    figures: dict[UUID, list[Figure]] = {key: [] for key in learners}
    for key, result in latest_results(learners).items():
        figures[key] += _of_screening(result)
    for key, taken in measures(learners).items():
        figures[key] += [
            Figure(s.measure, "score", s.score, (s.day + 0.5) * DAY) for each in taken.values() for s in each
        ]
    for key, case in cases.items():
        figures[key] += _of_case(case, now)
    evidence = {
        key: Evidence(str(key), standings[key].tier, tuple(figures[key]), standings[key].since) for key in learners
    }
    answered = _answered(learners)
    made = propose(rules, evidence.values(), now, names=MEASURES)
    return Outlook(
        standings, cases, evidence, tuple(p for p in made if not _known(p, answered.get(UUID(p.learner)), now))
    )


def _of_screening(result: Result) -> list[Figure]:
    values: list[tuple[str, float | str]] = [("percentile", result.percentile), ("score", result.score)]
    values.append(("risk", result.risk))
    return [Figure("screening", value, figure, result.at, result.season) for value, figure in values]


def _of_case(case: Case, now: float) -> list[Figure]:
    given = case.given
    out = [
        Figure("probe", "decision", case.progress.verdict, now),
        Figure("probe", "at-goal", float(case.at_goal), now),
        Figure("sessions", "weeks", (now / DAY - case.plan.start_day) / WEEK_DAYS, now),
    ]
    out += [Figure("probe", "score", score.right, (score.day + 0.5) * DAY) for score in case.scores]
    if given.planned:
        out.append(Figure("sessions", "share-held", 100.0 * given.share_held, now))
    if given.held:
        out.append(Figure("sessions", "share-attended", 100.0 * given.share_attended, now))
    return out


def _answered(learners: Sequence[UUID]) -> dict[UUID, TierDecision]:
    rows = TierDecision.objects.filter(learner__in=learners).order_by("learner", "-id").distinct("learner")
    return {row.learner_id: row for row in rows}


REST = 21 * DAY
"""Seconds for which a refused proposal rests; one that rests on a screening does so until a newer screening."""


def _known(proposal: Proposal, answered: TierDecision | None, now: float) -> bool:
    if answered is None or answered.rule != proposal.rule or answered.kind == "accept":
        return False
    lasting = [figure for figure in proposal.figures if figure.measure == "screening"]
    newest = max((figure.at for figure in lasting), default=0.0)
    return newest <= answered.at if lasting else now < answered.at + REST


@dataclass(frozen=True, slots=True)
class Measured:
    """What a kind of support did here: learners who had it, those with enough probes for an effect, and the pooled effect
    (None below two)."""

    kind: str
    learners: int
    counted: int
    pooled: Pooled | None


def effects_here() -> dict[str, Measured]:
    """Return the measured effect of each kind of support over every learner of the district who had it, in two queries."""
    plans = {
        key: (kind, learner, start)
        for key, kind, learner, start in SupportPlan.objects.values_list("id", "group__kind", "learner", "start_day")
    }
    scores: dict[UUID, dict[UUID, Score]] = {}
    rows = ProbeScore.objects.order_by("id").values_list("plan", "form", "day", "right", "taken")
    for plan, form, day, right, taken in rows:
        mine = scores.setdefault(plan, {})
        mine.pop(form, None)
        if taken:
            mine[form] = Score(day, right)
    effects: dict[str, list[PhaseEffect]] = {}
    had = Counter({kind: 0 for kind, _, _ in plans.values()})
    for key, (kind, _learner, start) in plans.items():
        had[kind] += 1
        found = effect_for(list(scores.get(key, {}).values()), start)
        if found is not None:
            effects.setdefault(kind, []).append(found)
    return {
        kind: Measured(kind, n, len(effects.get(kind, [])), effect_over(effects.get(kind, [])))
        for kind, n in had.items()
    }

"""Groups and plans as they stand: who met when, what the probes say, what slipped. Four queries for any number of groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.intervention.dosage import Dosage, Meeting, Slip, dosage, slip_of
from headway.core.intervention.monitoring import Progress, Score, progress
from headway.core.intervention.plans import (
    WEEK_DAYS,
    Dose,
    Exit,
    GoalLine,
    planned_days,
    probe_due,
    reached_exit,
    row_at_goal,
    start_score,
    weekday,
)
from headway.core.intervention.probes import BLUEPRINTS, Blueprint
from headway.school.intervention.entries import NO_SCHOOL
from headway.school.intervention.models import ProbeScore, SupportGroup, SupportPlan, SupportSession
from headway.school.people.days_off import days_in, spans_off
from headway.school.people.models import Person, School

FORTNIGHT = 14
AWAY = 3
"""Held sessions in a row that a learner missed before somebody should ask."""


@dataclass(frozen=True, slots=True)
class Case:
    """One learner's plan on a day. ``scores`` by day with the baseline; ``due`` is the day of the next probe; ``missed_row``
    how many held sessions in a row the learner missed up to now."""

    plan: SupportPlan
    learner: Person
    probe: Blueprint
    goal: GoalLine
    scores: tuple[Score, ...]
    given: Dosage
    progress: Progress
    due: int
    at_goal: int
    exit: bool
    missed_row: int


@dataclass(frozen=True, slots=True)
class Circle:
    """A group on a day: its cases (those going on first), the days planned so far and what was logged for them; ``open_days``
    are planned days without a line, newest first; ``next_day`` the next planned day, today included."""

    group: SupportGroup
    dose: Dose
    probe: Blueprint
    today: int
    cases: tuple[Case, ...]
    past: tuple[Case, ...]
    log: dict[int, SupportSession]
    planned: tuple[int, ...]
    open_days: tuple[int, ...]
    next_day: int
    slip: Slip

    @property
    def held(self) -> int:
        """Sessions held so far."""
        return sum(row.held for row in self.log.values())

    @property
    def meets_today(self) -> bool:
        """Whether a session is planned today."""
        return self.next_day == self.today


def circles_of(
    today: int, *, adult: UUID | None = None, schools: Sequence[School] | None = None, ended: bool = False
) -> list[Circle]:
    """Return the groups of an adult or of some schools, by name; ``ended`` ones too where asked."""
    rows = SupportGroup.objects.select_related("adult", "school").order_by("clock", "name")
    if adult is not None:
        rows = rows.filter(adult_id=adult)
    if schools is not None:
        rows = rows.filter(school__in=schools)
    if not ended:
        rows = rows.filter(ends=None)
    return _circles(list(rows), today)


def circle_of(group: SupportGroup, today: int) -> Circle:
    """Return one group."""
    return _circles([group], today)[0]


def cases_of(learners: Iterable[UUID], today: int) -> dict[UUID, Case]:
    """Return the plan that goes on for each learner who has one, the newest where there are several."""
    wanted = set(learners)
    plans = SupportPlan.objects.filter(learner__in=wanted, ended=None).values("group")
    groups = SupportGroup.objects.select_related("adult", "school").filter(id__in=plans)
    found: dict[UUID, Case] = {}
    for circle in _circles(list(groups), today):
        for case in circle.cases:
            known = found.get(case.learner.id)
            if case.learner.id in wanted and (known is None or known.plan.at < case.plan.at):
                found[case.learner.id] = case
    return found


def _circles(groups: list[SupportGroup], today: int) -> list[Circle]:
    keys = [group.id for group in groups]
    plans = (
        SupportPlan.objects.filter(group__in=keys)
        .select_related("learner", "by")
        .annotate(off=spans_off("group__school"))
        .order_by("learner__given_name", "learner__family_name", "at")
    )
    members: dict[UUID, list[SupportPlan]] = {key: [] for key in keys}
    for plan in plans:
        members[plan.group_id].append(plan)
    sessions: dict[UUID, dict[int, SupportSession]] = {key: {} for key in keys}
    for row in SupportSession.objects.filter(group__in=keys, day__lte=today).order_by("id"):
        sessions[row.group_id][row.day] = row
    forms: dict[UUID, dict[UUID, ProbeScore]] = {}
    for score in ProbeScore.objects.filter(plan__group__in=keys, day__lte=today).order_by("id"):
        mine = forms.setdefault(score.plan_id, {})
        mine.pop(score.form_id, None)
        if score.taken:
            mine[score.form_id] = score
    off = {plan.group_id: days_in(getattr(plan, "off", ())) for plan in plans}
    return [
        _circle(group, members[group.id], sessions[group.id], forms, today, off.get(group.id, ())) for group in groups
    ]


def _circle(
    group: SupportGroup,
    plans: list[SupportPlan],
    log: dict[int, SupportSession],
    forms: dict[UUID, dict[UUID, ProbeScore]],
    today: int,
    off: Collection[int] = (),
) -> Circle:
    dose, probe = Dose(group.minutes, tuple(group.weekdays)), BLUEPRINTS[group.measure]
    last = min(today, group.ends if group.ends is not None else today)
    closed = {row.day for row in log.values() if row.why_not == NO_SCHOOL}
    closed |= set(off) - {row.day for row in log.values() if row.held}
    planned = planned_days(dose.weekdays, group.starts, last, closed)
    passed = tuple(day for day in planned if day < today or day in log)
    meetings = [Meeting(r.day, r.held, r.minutes, frozenset(r.present)) for r in log.values() if r.day not in closed]
    cases = [
        _case(plan, group, dose, probe, passed, meetings, list(forms.get(plan.id, {}).values()), today)
        for plan in plans
    ]
    going_on = tuple(case for case in cases if case.plan.ended is None)
    unlogged = tuple(day for day in reversed(planned) if day not in log and day < today)
    recent = [row for row in log.values() if today - row.day <= FORTNIGHT]
    ahead = range(max(today, group.starts), today + 2 * WEEK_DAYS) if group.starts <= today + WEEK_DAYS else ()
    coming = [day for day in ahead if weekday(day) in dose.weekdays]
    return Circle(
        group=group,
        dose=dose,
        probe=probe,
        today=today,
        cases=going_on,
        past=tuple(case for case in cases if case.plan.ended is not None),
        log=log,
        planned=planned,
        open_days=unlogged,
        next_day=next((day for day in coming if day not in off), coming[0]) if coming else group.starts,
        slip=slip_of(
            unlogged=sum(today - day <= FORTNIGHT for day in unlogged),
            missed=sum(not row.held and row.day not in closed for row in recent),
            away=[case.learner.given_name for case in going_on if case.missed_row >= AWAY],
            probes_due=sum(case.due <= today for case in going_on),
        ),
    )


def _case(
    plan: SupportPlan,
    group: SupportGroup,
    dose: Dose,
    probe: Blueprint,
    passed: Sequence[int],
    meetings: Sequence[Meeting],
    rows: Sequence[ProbeScore],
    today: int,
) -> Case:
    end = plan.ended if plan.ended is not None else today
    mine = [day for day in passed if plan.start_day <= day <= end]
    kept = [meeting for meeting in meetings if plan.start_day <= meeting.day <= end]
    key = str(plan.learner_id)
    given = dosage(key, mine, kept, dose)
    scores = tuple(sorted((Score(row.day, row.right) for row in rows), key=lambda score: score.day))
    before = [score.right for score in scores if score.day < plan.start_day]
    goal = GoalLine(plan.start_day, start_score(before, plan.start_score), plan.goal_day, plan.goal_score)
    since = [score.right for score in scores if score.day >= plan.start_day]
    missed_row = 0
    for meeting in sorted(kept, key=lambda each: -each.day):
        if meeting.held and key in meeting.present:
            break
        missed_row += meeting.held
    return Case(
        plan=plan,
        learner=plan.learner,
        probe=probe,
        goal=goal,
        scores=scores,
        given=given,
        progress=progress(scores, goal, probe, given, every=group.probe_every),
        due=probe_due(scores[-1].day if scores else None, min(plan.start_day, today), group.probe_every),
        at_goal=row_at_goal(since, plan.goal_score),
        exit=reached_exit(since, plan.goal_score, Exit(plan.exit_in_a_row)),
        missed_row=missed_row,
    )

"""Deciding about tiers, starting and ending groups and plans, keeping minutes. A named person does each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from headway.core.intervention.plans import MENU, BadPlan, Dose, GoalLine, check_dose, check_goal
from headway.core.intervention.probes import BLUEPRINTS
from headway.core.intervention.rules import TIERS, rules_from_json, rules_to_json
from headway.core.intervention.tiers import Proposal
from headway.core.text import T, text_to_json
from headway.school.curriculum.queries import curriculum_of
from headway.school.intervention.entries import BadEntry
from headway.school.intervention.models import (
    MeetingNote,
    SupportGroup,
    SupportPlan,
    TeamMeeting,
    TierDecision,
    TierRules,
)
from headway.school.intervention.queries import rules_in_force, tiers_of
from headway.school.path.supports import end_tier_support, set_tier_support
from headway.school.people.clock import day_of, start_of
from headway.school.people.models import Person, School

LONGEST = 1000


@transaction.atomic
def save_rules(*, by: Person, body: object, note: str, now: float) -> TierRules:
    """Put new rules in force for the district. Raises ``core.intervention.rules.BadRule``."""
    book = rules_from_json(body)
    return TierRules.objects.create(
        district_id=by.district_id, body=rules_to_json(book), note=note.strip()[:LONGEST], by=by, at=now
    )


@transaction.atomic
def decide_tier(
    *,
    learner: Person,
    by: Person,
    to_tier: int,
    reason: str,
    now: float,
    proposal: Proposal | None = None,
    meeting: TeamMeeting | None = None,
    seen: int | None = None,
) -> TierDecision:
    """Write down what a named person decided about a learner's tier, beside what the rules had proposed.

    ``seen``: number of the newest decision that the person had before them (0: none); a newer one has to be read first.
    Staying where the learner is refuses the proposal, another tier than proposed edits it; both want a reason. Practice
    stops following a support when the learner goes back to tier 1. Raises :class:`BadEntry`.
    """
    _check_read(learner, seen)
    here = tiers_of([learner.id])[learner.id].tier
    if to_tier not in TIERS:
        raise BadEntry(T("A tier is 1, 2 or 3."))
    if proposal is None and to_tier == here:
        raise BadEntry(T("Nothing was proposed and nothing would change. Write a note instead."))
    kind = "own"
    if proposal is not None:
        kind = "accept" if to_tier == proposal.to_tier else "refuse" if to_tier == here else "edit"
    if kind != "accept" and not reason.strip():
        raise BadEntry(T("Say in a few words why you decide otherwise. It stays on record."))
    rules, _ = rules_in_force(learner.district_id)
    row = TierDecision.objects.create(
        district_id=learner.district_id,
        learner=learner,
        kind=kind,
        from_tier=here,
        to_tier=to_tier,
        proposed_tier=proposal.to_tier if proposal else None,
        rule=proposal.rule if proposal else "",
        rules=rules,
        meeting=meeting,
        reason=reason.strip()[:LONGEST],
        evidence=_evidence(proposal),
        by=by,
        at=now,
    )
    if to_tier == 1 and here != 1:
        end_tier_support(learner=learner, now=now)
    return row


def _check_read(learner: Person, seen: int | None) -> None:
    Person.objects.select_for_update().get(id=learner.id)  # of two at once, the second sees what the first decided
    last = TierDecision.objects.filter(learner=learner).select_related("by").order_by("-id").first()
    if seen is not None and last is not None and last.id != seen:
        raise BadEntry(
            T("{name} has decided meanwhile. Look at the history before you decide again.", name=last.by.name)
        )


def _evidence(proposal: Proposal | None) -> dict[str, object]:
    if proposal is None:
        return {}
    figures = [[each.measure, each.value, each.figure, each.at, each.window] for each in proposal.figures]
    return {"reason": text_to_json(proposal.reason), "figures": figures}


@transaction.atomic
def start_group(
    *,
    school: School,
    adult: Person,
    name: str,
    kind: str,
    tier: int,
    dose: Dose,
    measure: str,
    skills: Sequence[str],
    now: float,
    clock: str = "",
    probe_every: int = 7,
    simulated: bool = False,
) -> SupportGroup:
    """Start a group (of one, for tutoring alone). Raises ``BadPlan`` for a dose that cannot be meant, :class:`BadEntry`."""
    dose = check_dose(dose)
    if kind not in MENU or measure not in BLUEPRINTS or tier not in (2, 3) or not 1 <= probe_every <= 60:
        raise BadEntry(T("Choose a kind of support, a probe, and tier 2 or 3."))
    unknown = set(skills) - set(curriculum_of(school.district_id).skill_number)
    if not name.strip() or unknown:
        raise BadEntry(T("A group needs a name, and skills of the curriculum."))
    return SupportGroup.objects.create(
        district_id=school.district_id,
        school=school,
        name=name.strip()[:80],
        kind=kind,
        tier=tier,
        adult=adult,
        minutes=dose.minutes,
        weekdays=list(dose.weekdays),
        clock=clock.strip()[:20],
        measure=measure,
        probe_every=probe_every,
        skills=list(skills),
        starts=day_of(school.district_id, now),
        simulated=simulated,
    )


@transaction.atomic
def start_plan(
    *, group: SupportGroup, learner: Person, by: Person, why: str, goal: GoalLine, now: float, exit_in_a_row: int = 3
) -> SupportPlan:
    """Put a learner into a group with a goal line; practice follows from its first day on, and probes before that day are
    the baseline. Raises ``BadPlan``, :class:`BadEntry`."""
    check_goal(goal)
    if goal.goal > BLUEPRINTS[group.measure].length:
        raise BadPlan(
            T("The probe has {n} problems: a goal above that cannot be reached.", n=BLUEPRINTS[group.measure].length)
        )
    if not why.strip() or not 1 <= exit_in_a_row <= 10:
        raise BadEntry(T("Say in a few words why. The family can read it."))
    going_on = SupportPlan.objects.filter(group=group, ended=None)
    if going_on.filter(learner=learner).exists():
        raise BadEntry(T("{name} is in this group already.", name=learner.given_name))
    if going_on.count() >= MENU[group.kind].most:
        raise BadEntry(T("The group is full: this kind of support has at most {n} learners.", n=MENU[group.kind].most))
    plan = SupportPlan.objects.create(
        district_id=learner.district_id,
        group=group,
        learner=learner,
        why=why.strip()[:LONGEST],
        start_day=goal.start_day,
        start_score=goal.start,
        goal_day=goal.goal_day,
        goal_score=goal.goal,
        exit_in_a_row=exit_in_a_row,
        by=by,
        at=now,
    )
    begins = max(now, start_of(learner.district_id, goal.start_day))
    set_tier_support(learner=learner, skills=group.skills, reason=why, by=by.id, now=begins)
    return plan


@transaction.atomic
def end_plan(*, plan: SupportPlan, by: Person, why: str, now: float) -> SupportPlan:
    """End a plan with a reason; practice stops following it. Raises :class:`BadEntry`."""
    if plan.ended is not None:
        raise BadEntry(T("This plan has ended already."))
    if not why.strip():
        raise BadEntry(T("Say in a few words why the plan ends."))
    plan.ended, plan.ended_why, plan.ended_by = day_of(plan.district_id, now), why.strip()[:LONGEST], by
    plan.save(update_fields=["ended", "ended_why", "ended_by"])
    end_tier_support(learner=plan.learner, now=now)
    return plan


@transaction.atomic
def open_meeting(*, school: School, by: Person, present: str, now: float) -> TeamMeeting:
    """Begin a team meeting, or go on with the one of today in this school."""
    today = day_of(school.district_id, now)
    last = TeamMeeting.objects.filter(school=school).order_by("-at").first()
    if last is not None and day_of(school.district_id, last.at) == today:
        if present.strip() and present.strip() != last.present:
            last.present = present.strip()[:LONGEST]
            last.save(update_fields=["present"])
        return last
    return TeamMeeting.objects.create(
        district_id=school.district_id, school=school, by=by, present=present.strip()[:LONGEST], at=now
    )


@transaction.atomic
def write_note(
    *, meeting: TeamMeeting, by: Person, words: str, now: float, learner: Person | None = None
) -> MeetingNote:
    """Add a line to the minutes. Raises :class:`BadEntry` for an empty one."""
    if not words.strip():
        raise BadEntry(T("The note is empty."))
    return MeetingNote.objects.create(
        district_id=meeting.district_id, meeting=meeting, learner=learner, words=words.strip()[:4000], by=by, at=now
    )

"""Drafting a pilot, starting it, and what people do to it until it ends. Every step is by name, and what was frozen stays."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from uuid import UUID

from django.db import transaction

from headway.core.environment.means import fitted
from headway.core.evidence.pilots.adaptive import FLOOR
from headway.core.evidence.pilots.allocation import Allocation
from headway.core.evidence.pilots.gates import Gate, seed
from headway.core.evidence.pilots.newcomers import least_days
from headway.core.evidence.pilots.plan import freeze
from headway.core.mastery.kernels import DAY
from headway.core.path.plan import resolve
from headway.core.text import T
from headway.school.environment.days.actions import choose_model
from headway.school.environment.means.queries import means_of
from headway.school.evidence.pilots.cohort import Cohort, Promise, cohort_of, deal, promise
from headway.school.evidence.pilots.draft import Draft, check_draft, draft_from_json
from headway.school.evidence.pilots.models import Pilot, PilotMark, PilotPlan, PilotSeat
from headway.school.evidence.pilots.outcomes import pretest
from headway.school.evidence.pilots.standing import may_lead, plan_of
from headway.school.path.arms import end_arms, set_arms
from headway.school.path.models import PlanRow
from headway.school.path.queries import plan_value
from headway.school.people.access import viewer_of
from headway.school.people.models import District, Person, Section
from headway.school.people.refusal import Malformed
from headway.standards.instruction import shipped_models

LONGEST_REASON = 300


@transaction.atomic
def save_draft(*, by: Person, draft: Draft, now: float, pilot: UUID | None = None, before: UUID | None = None) -> Pilot:
    """Write a draft, or write it anew while it has not started. Raises Malformed, also for classes that ``by`` does not lead."""
    check_draft(draft, by.district_id)
    sections = Section.objects.filter(id__in=draft.sections)
    schools = sorted({str(key) for key in sections.values_list("school_id", flat=True)})
    viewer = viewer_of(by)
    if not schools or not may_lead(viewer, schools):
        raise Malformed(T("Choose at least one class of a school that you lead."))
    if pilot is None:
        return Pilot.objects.create(
            district_id=by.district_id, question=draft.question.strip(), body=draft.to_json(), schools=schools,
            by=by, at=now, before_id=before,
        )  # fmt: skip
    row = locked(pilot, by, "draft")
    row.question, row.body, row.schools = draft.question.strip(), draft.to_json(), schools
    row.save(update_fields=["question", "body", "schools"])
    return row


@transaction.atomic
def drop(*, pilot: UUID, by: Person) -> None:
    """Put a draft aside. It stays in the list, under its name."""
    row = locked(pilot, by, "draft")
    Pilot.objects.filter(id=row.id).update(state="dropped")


def seed_gate(draft: Draft, promised: Promise) -> Gate:
    """What is missing before a pilot may start; the start itself freezes the plan."""
    return seed(
        question=draft.question,
        outcome=draft.outcome.kind,
        frozen=True,
        detectable=promised.smallest,
        worth=draft.worth or None,
    )


@transaction.atomic
def start(*, pilot: UUID, by: Person, now: float, reason: str = "") -> PilotPlan:
    """Deal the arms, freeze everything by its hash, and let the arms steer from a few seconds on.

    ``reason`` is why it starts although the seed gate is shut. Raises Malformed where the gate is shut and no reason is given,
    where too few learners would be in a group, and where a group would get what everybody has.
    """
    District.objects.select_for_update().get(id=by.district_id)  # two pilots that start together do not share a learner
    row = locked(pilot, by, "draft")
    draft = draft_from_json(row.question, row.body)
    check_draft(draft, by.district_id)
    _something_new(draft, now)
    promised = promise(draft, district=by.district_id, now=now)
    gate = seed_gate(draft, promised)
    if not gate.open and not reason.strip():
        raise Malformed(T("{missing} To start all the same, write down why.", missing=gate.missing[0]))
    cohort = cohort_of(draft.sections)
    keys = [each.learner for each in cohort.pupils]
    early = pretest(draft.outcome, keys, district=by.district_id, start=now, weeks=draft.weeks)
    dealt = deal(draft, cohort.pupils, early, _seed(row.id))
    plan = _freeze(row, draft, promised, dealt, known=len(early), learners=len(keys))
    starts = _steer(draft, cohort, dealt, by, now)
    frozen = PilotPlan.objects.create(
        district_id=by.district_id, pilot=row, plan=plan, sha256=str(plan["sha256"]), starts=starts,
        ends=starts + draft.weeks * 7 * DAY, by=by, at=now,
    )  # fmt: skip
    _seats(row, draft, cohort, dealt, early, starts)
    Pilot.objects.filter(id=row.id).update(state="running", body=draft.to_json())
    if not gate.open:
        mark_down(row, "override", by, now, {"gate": "seed", "missing": [str(text) for text in gate.missing]}, reason)
    return frozen


def _something_new(draft: Draft, now: float) -> None:
    """Refuse an arm that asks for what the district's plan gives everybody."""
    common = resolve([plan_value(row) for row in PlanRow.objects.filter(learner=None).exclude(ends__lte=now)], now)
    have = {
        ("policy", common.policy),
        ("target-success", f"{common.target_success:g}"),
        ("daily-goal", f"{common.daily_goal}"),
    }
    for arm in draft.arms[1:]:
        if arm.wishes and not arm.model and {(wish.effect, wish.value) for wish in arm.wishes} <= have:
            raise Malformed(T("“{arm}” is what everybody gets already. Choose something else.", arm=arm.name))


def _seed(pilot: UUID) -> int:
    """The seed of a pilot's dealing: fixed by its id, which was there before anybody's score was looked at."""
    return pilot.int % 2_000_000_011


def _freeze(
    row: Pilot, draft: Draft, promised: Promise, dealt: Allocation, *, known: int, learners: int
) -> dict[str, object]:
    past = promised.past
    return freeze(
        {
            **draft.to_json(), "pilot": str(row.id), "question": draft.question,
            "outcomes": ["outcome"], "measured": draft.to_json()["outcome"], "arm": "arm", "control": draft.arms[0].name,
            "gets": [arm.to_json() for arm in draft.arms], "arms": [arm.name for arm in draft.arms],
            "learner": "learner", "cluster": None if draft.unit == "learner" else draft.unit,
            "blocks": [] if draft.unit == "school" or draft.adaptive else ["stratum"],
            # Where hardly anybody has been measured before, a pretest would only add a column of gaps.
            "pretest": "pretest" if known >= learners / 2 else None, "covariates": [],
            "detectable": promised.smallest, "chance": promised.chance,
            "assumed": {"icc": past.icc, "explained": past.explained, "explained_unit": past.explained_unit,
                        "learners": past.learners, "assumed": past.assumed},
            "seed": dealt.seed, "trial": dealt.trial, "allocation": dict(sorted(dealt.arm.items())),
            "balance": [[each.arm, round(each.g, 4) if isfinite(each.g) else None] for each in dealt.balance],
            # Who comes later is dealt an arm too, and counts after so many days in it; in classes and schools never.
            "newcomers": {"least": least_days(draft.weeks), "counted": draft.unit == "learner", "floor": FLOOR},
        }
    )  # fmt: skip


def _steer(draft: Draft, cohort: Cohort, dealt: Allocation, by: Person, now: float) -> float:
    arms = {arm.name: arm for arm in draft.arms}
    of = {each.learner: arms[dealt.arm[each.unit(draft.unit)]] for each in cohort.pupils}
    starts = set_arms(
        district=by.district_id,
        wishes={key: [(wish.effect, wish.value) for wish in arm.wishes] for key, arm in of.items()},
        reason=f"A trial of the school: {draft.question}",
        by=by.id,
        now=now,
    )
    models: dict[UUID, str] = {}
    for each in cohort.pupils:
        if of[each.learner].model:
            models |= dict.fromkeys(each.classes if draft.unit != "learner" else (), of[each.learner].model)
    for section in Section.objects.filter(id__in=models):
        way = fitted(shipped_models()[models[section.id]], means_of([section.school_id])[section.school_id])
        choose_model(section=section, by=by, model=way.model, now=now)
    return starts


def _seats(
    row: Pilot, draft: Draft, cohort: Cohort, dealt: Allocation, early: Mapping[UUID, float], since: float
) -> None:
    chance = 1.0 / len(draft.arms) if draft.unit == "learner" else None
    PilotSeat.objects.bulk_create(
        (
            PilotSeat(
                district_id=row.district_id, pilot=row, learner_id=each.learner, section=each.section,
                school=each.school, unit=each.unit(draft.unit), stratum=each.stratum(draft.unit),
                arm=dealt.arm[each.unit(draft.unit)], pretest=early.get(each.learner), since=since, chance=chance,
            )
            for each in cohort.pupils
        ),
        batch_size=2000,
    )  # fmt: skip


@transaction.atomic
def end(*, pilot: UUID, by: Person, now: float, reason: str = "") -> None:
    """End a pilot: everybody goes on as usual. Before its planned day a reason is needed, and the result is exploratory."""
    row = locked(pilot, by, "running")
    frozen = plan_of(row)
    early = now < frozen.ends
    if early and not reason.strip():
        raise Malformed(T("A reason is missing: say why it ends before its day."))
    learners = list(PilotSeat.objects.filter(pilot=row).values_list("learner_id", flat=True))
    end_arms(learners=learners, starts=frozen.starts, now=now)
    mark_down(row, "ended", by, now, {"early": early}, reason)
    Pilot.objects.filter(id=row.id).update(state="ended")


@transaction.atomic
def change(*, pilot: UUID, by: Person, field: str, value: object, reason: str, now: float) -> PilotMark:
    """Write down that something is judged otherwise than it was frozen: ``worth`` (a number) or ``subgroups`` (a list). Every
    result from then on is called exploratory. Raises Malformed."""
    row = locked(pilot, by, "running")
    if not reason.strip():
        raise Malformed(T("A reason is missing: say why the plan is changed."))
    body = {**row.body, field: value}
    if field not in ("worth", "subgroups"):
        raise Malformed(T("This cannot be changed after the start. Begin a new cycle instead."))
    check_draft(draft_from_json(row.question, body), row.district_id)
    return mark_down(row, "change", by, now, {"field": field, "value": value}, reason)


@transaction.atomic
def milestone_done(*, pilot: UUID, by: Person, number: int, now: float) -> None:
    """Write down that a milestone (counted from 0) is reached. Doing it twice changes nothing."""
    row = locked(pilot, by, "running", "ended")
    if not 0 <= number < len(row.body["milestones"]):
        raise Malformed(T("There is no such milestone."))
    if not PilotMark.objects.filter(pilot=row, kind="done", body__number=number).exists():
        mark_down(row, "done", by, now, {"number": number})


@transaction.atomic
def next_cycle(*, pilot: UUID, by: Person, now: float) -> Pilot:
    """Open a new draft that follows an ended pilot, with the same question and arms to be changed. Raises Malformed."""
    row = locked(pilot, by, "ended")
    return Pilot.objects.create(
        district_id=row.district_id, question=row.question, body={**row.body}, schools=row.schools, before=row,
        by=by, at=now,
    )  # fmt: skip


def locked(pilot: UUID, by: Person, *states: str) -> Pilot:
    row = Pilot.objects.select_for_update().filter(id=pilot).first()
    if row is None or not may_lead(viewer_of(by), row.schools):
        raise Malformed(T("There is no such pilot among those that you lead."))
    if row.state not in states:
        raise Malformed(T("This pilot has moved on meanwhile. Look at its page again."))
    return row


def mark_down(row: Pilot, kind: str, by: Person, now: float, body: Mapping[str, object], reason: str = "") -> PilotMark:
    return PilotMark.objects.create(
        district_id=row.district_id, pilot=row, kind=kind, body=dict(body), reason=reason.strip()[:LONGEST_REASON],
        by=by, at=now,
    )  # fmt: skip

"""Reading rules, tiers, groups, plans and minutes. Callers have checked access; a list costs the same queries at any length.

Pages name the rows that come from here (``SupportPlan``, ``ProbeForm`` ...) and never reach for a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.intervention.defaults import DEFAULT_RULES
from headway.core.intervention.rules import RuleBook, rules_from_json
from headway.core.text import Text, text_from_json
from headway.school.intervention.models import MeetingNote as MeetingNote
from headway.school.intervention.models import ProbeForm as ProbeForm
from headway.school.intervention.models import ProbeScore as ProbeScore
from headway.school.intervention.models import SupportGroup as SupportGroup
from headway.school.intervention.models import SupportPlan as SupportPlan
from headway.school.intervention.models import SupportSession as SupportSession
from headway.school.intervention.models import TeamMeeting as TeamMeeting
from headway.school.intervention.models import TierDecision, TierRules
from headway.school.people.access import NotAllowed, Viewer, record_access
from headway.school.people.models import Enrolment, Person, RoleName, School

ADULTS = (RoleName.LEADER, RoleName.INTERVENTIONIST)


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's tier, since when and who decided it; tier 1 with ``since`` 0 where nobody has decided anything."""

    tier: int = 1
    since: float = 0.0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of the history of tiers."""

    number: int
    kind: str
    from_tier: int
    to_tier: int
    proposed_tier: int | None
    proposed: Text | None
    reason: str
    by: str
    at: float


def rules_in_force(district: UUID) -> tuple[TierRules | None, RuleBook]:
    """Return the newest rules of the district, or None with the rules to begin with."""
    row = TierRules.objects.filter(district_id=district).select_related("by").order_by("-id").first()
    return row, rules_from_json(row.body) if row else DEFAULT_RULES


def tiers_of(learners: Iterable[UUID]) -> dict[UUID, Standing]:
    """Return everybody's tier, in one query."""
    keys = list(learners)
    rows = (
        TierDecision.objects.filter(learner__in=keys)
        .exclude(kind="refuse")
        .order_by("learner", "-id")
        .distinct("learner")
        .select_related("by")
    )
    found = {row.learner_id: Standing(row.to_tier, row.at, row.by.name) for row in rows}
    return {key: found.get(key, Standing()) for key in keys}


def decided_of(learner: UUID) -> list[Decided]:
    """Return every decision about a learner's tier, newest first, refusals included."""
    return [
        _decided(row) for row in TierDecision.objects.filter(learner_id=learner).select_related("by").order_by("-id")
    ]


def decision_with(number: int) -> tuple[TierDecision, Decided] | None:
    """Return one decision with its learner, or None."""
    row = TierDecision.objects.select_related("by", "learner", "meeting__school").filter(id=number).first()
    return (row, _decided(row)) if row else None


def decisions_at(meeting: UUID) -> list[tuple[Person, Decided]]:
    """Return what was decided in a meeting, in order."""
    rows = TierDecision.objects.filter(meeting_id=meeting).select_related("by", "learner").order_by("id")
    return [(row.learner, _decided(row)) for row in rows]


def _decided(row: TierDecision) -> Decided:
    proposed = text_from_json(row.evidence["reason"]) if row.evidence.get("reason") else None
    return Decided(
        row.id, row.kind, row.from_tier, row.to_tier, row.proposed_tier, proposed, row.reason, row.by.name, row.at
    )


def schools_of(viewer: Viewer) -> list[School]:
    """The schools in which the viewer leads or supports, by name."""
    schools = viewer.schools(*ADULTS)
    found = School.objects.order_by("name")
    return list(found if None in schools else found.filter(id__in=[school for school in schools if school]))


def learners_of(schools: Sequence[School]) -> list[Person]:
    """The learners of some schools, each once, by name."""
    here = Enrolment.objects.filter(section__school__in=schools, role="student").values("person")
    return list(Person.objects.filter(id__in=here, is_active=True).order_by("family_name", "given_name", "id"))


def open_group(viewer: Viewer, group: UUID, *, purpose: str, place: str) -> SupportGroup:
    """Return a group that the viewer leads, or one of their schools, and log the read of its learners. Raises NotAllowed."""
    found = SupportGroup.objects.select_related("school", "adult").filter(id=group).first()
    if found is None or not _part_in(viewer, found):
        raise NotAllowed("There is no such group among those that you work with.")
    members = SupportPlan.objects.filter(group=found).values_list("learner_id", flat=True)
    record_access(viewer, set(members), purpose=purpose, place=place)
    return found


def open_plan(viewer: Viewer, plan: UUID, *, purpose: str, place: str) -> SupportPlan:
    """Return a plan of a group that the viewer leads, or of their schools, and log the read. Raises NotAllowed."""
    found = SupportPlan.objects.select_related("group__school", "group__adult", "learner", "by", "ended_by")
    row = found.filter(id=plan).first()
    if row is None or not _part_in(viewer, row.group):
        raise NotAllowed("There is no such plan among those that you work with.")
    record_access(viewer, [row.learner_id], purpose=purpose, place=place)
    return row


def open_form(viewer: Viewer, form: UUID, *, purpose: str, place: str) -> ProbeForm:
    """Return a probe form of a plan that the viewer may open, and log the read. Raises NotAllowed."""
    found = ProbeForm.objects.filter(id=form).first()
    if found is None:
        raise NotAllowed("There is no such form among those that you work with.")
    found.plan = open_plan(viewer, found.plan_id, purpose=purpose, place=place)
    return found


def open_minutes(viewer: Viewer, meeting: UUID, *, purpose: str, place: str) -> tuple[TeamMeeting, list[MeetingNote]]:
    """Return a meeting with its notes, and log the read of everybody named in them. Raises NotAllowed."""
    found = TeamMeeting.objects.select_related("school", "by").filter(id=meeting).first()
    if found is None or not _in_school(viewer, found.school_id):
        raise NotAllowed("There are no such minutes among those that you work with.")
    notes = list(MeetingNote.objects.filter(meeting=found).select_related("learner", "by").order_by("id"))
    named = {note.learner_id for note in notes if note.learner_id}
    decided = TierDecision.objects.filter(meeting=found).values_list("learner_id", flat=True)
    record_access(viewer, named | set(decided), purpose=purpose, place=place)
    return found, notes


def meetings_of(schools: Sequence[School], *, most: int = 12) -> list[TeamMeeting]:
    """The latest meetings of some schools."""
    return list(TeamMeeting.objects.filter(school__in=schools).select_related("school").order_by("-at")[:most])


def notes_about(learner: UUID, *, most: int = 20) -> list[MeetingNote]:
    """What the minutes say of a learner, newest first."""
    return list(MeetingNote.objects.filter(learner_id=learner).select_related("by").order_by("-id")[:most])


@dataclass(frozen=True, slots=True)
class FormScore:
    """A form with the lines written about it, oldest first; ``stands`` is the score that counts, None while there is none."""

    form: ProbeForm
    lines: tuple[ProbeScore, ...]

    @property
    def stands(self) -> ProbeScore | None:
        """The newest line, unless it says that the form was not taken."""
        return self.lines[-1] if self.lines and self.lines[-1].taken else None


def forms_of(plan: UUID) -> list[FormScore]:
    """The forms of a plan, newest first, each with everything that was written about it. Two queries."""
    lines: dict[UUID, list[ProbeScore]] = {}
    for line in ProbeScore.objects.filter(plan_id=plan).select_related("by").order_by("id"):
        lines.setdefault(line.form_id, []).append(line)
    forms = ProbeForm.objects.filter(plan_id=plan).order_by("-at")
    return [FormScore(form, tuple(lines.get(form.id, ()))) for form in forms]


def score_of(form: ProbeForm) -> FormScore:
    """A form with everything that was written about it."""
    return FormScore(form, tuple(ProbeScore.objects.filter(form=form).select_related("by").order_by("id")))


def adults_of(school: School) -> list[Person]:
    """Who can lead a group in a school: its interventionists, teachers and leaders, by name."""
    names = (RoleName.INTERVENTIONIST, RoleName.TEACHER, RoleName.LEADER)
    found = Person.objects.filter(roles__school=school, roles__name__in=names, is_active=True).distinct()
    return list(found.order_by("family_name", "given_name", "id"))


def groups_open(school: School) -> list[SupportGroup]:
    """The groups of a school that go on, by name."""
    return list(SupportGroup.objects.filter(school=school, ends=None).select_related("adult").order_by("name"))


def school_of(learner: UUID, schools: Sequence[School]) -> School | None:
    """The first of some schools in which the learner is enrolled, or None."""
    found = Enrolment.objects.filter(person_id=learner, role="student", section__school__in=schools)
    here = set(found.values_list("section__school", flat=True))
    return next((school for school in schools if school.id in here), None)


def guardians_of(learner: UUID) -> list[Person]:
    """The family members on record, by name."""
    return list(Person.objects.filter(wards__learner_id=learner, is_active=True).order_by("given_name", "id"))


def _part_in(viewer: Viewer, group: SupportGroup) -> bool:
    """The adult who meets the group has a part in it, whatever their role; so have the school's team."""
    return group.adult_id == viewer.person.id or _in_school(viewer, group.school_id)


def _in_school(viewer: Viewer, school: UUID) -> bool:
    schools = viewer.schools(*ADULTS)
    return None in schools or school in schools

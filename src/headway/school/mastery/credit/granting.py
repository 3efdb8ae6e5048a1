"""Granting credit: a named person, at any time of the year, for a course whose every skill counts; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext, override

from headway.core.mastery.credit import RULE, complete, standing_said
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.credit.courses import Course, courses, shown_by
from headway.school.mastery.credit.keys import signer_of
from headway.school.mastery.credit.models import Credit as Row
from headway.school.mastery.credit.standing import standings_of
from headway.school.measurement.projects.ledger import scored_of
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import District, Person
from headway.standards.open_badges import Award, Shown, credential, did_key, signed

LONGEST = 300
CRITERIA = (
    "Every skill was reached with a probability over the district’s threshold, was still there in a check some days "
    "later, and held in a problem that goes a step further."
)


class NotGranted(ValueError):
    """Credit cannot be granted or taken back; ``text`` says to the person why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Credit:
    """Credit as it stands: ``by`` granted it ``at`` a time; ``shown`` are skill, title and sentence of evidence; ``taken_by``
    and ``taken_why`` say who took it back, "" while it stands; ``credential`` is the signed badge."""

    id: str
    code: str
    title: str
    amount: float
    shown: tuple[tuple[str, str, str], ...]
    credential: str
    by: str
    at: float
    taken_by: str = ""
    taken_why: str = ""


@transaction.atomic
def grant(*, learner: Person, by: Person, code: str, now: float, words: str = "") -> Row:
    """Grant credit for a course, with its evidence as it stands now and a signed badge. Raises NotGranted where a skill does not
    count yet, and where the learner has the credit already."""
    course = next((course for course in courses() if course.code == code), None)
    if course is None:
        raise NotGranted(T("Choose a course from the list."))
    if by.id == learner.id:
        raise NotGranted(T("Somebody else grants credit."))
    Person.objects.select_for_update(of=("self",)).get(id=learner.id)  # two clicks at once grant once
    if any(not credit.taken_by and credit.code == code for credit in credits_of(learner.id)):
        raise NotGranted(T("This credit has been granted already."))
    key, shown = uuid4(), _evidence(learner, course)
    work = _work(learner, course)
    badge = _badge(learner, course, [*shown, *work], str(key), now)
    return Row.objects.create(
        id=key,
        district_id=learner.district_id,
        learner=learner,
        kind="granted",
        code=course.code,
        title=course.title,
        amount=course.credit,
        shown={
            "rule": RULE,
            "competencies": [[words, list(skills)] for words, skills in course.competencies],
            "skills": [[each.skill, each.title, each.evidence] for each in shown],
            "work": [[each.skill, each.title, each.evidence] for each in work],
        },
        credential=badge,
        words=words.strip()[:LONGEST],
        by=by,
        at=now,
    )


def _evidence(learner: Person, course: Course) -> list[Shown]:
    """On what each skill of a course counts. Raises NotGranted where one does not. In English: the badge travels, and the
    evidence is in the language of the district's records."""
    curriculum, zone = curriculum_of(learner.district_id), time_zone_of(learner.district_id)
    found = standings_of([learner.id], curriculum, course.skills)[learner.id]
    if not complete(course.skills, found):
        raise NotGranted(T("Not every skill of this course counts yet."))
    shown = []
    with override("en"):
        for skill in course.skills:
            node = curriculum.skills[curriculum.skill_number[skill]]
            day = local_date(zone, found[skill].since).isoformat()
            said = standing_said(found[skill], Text(node.title), day).translate(gettext)
            shown.append(Shown(skill, node.title, node.case_ids, said))
    return shown


def _work(learner: Person, course: Course) -> list[Shown]:
    """On what project work a course counts. Raises NotGranted where something is not shown. In English, as the skills."""
    scored, zone, out = scored_of(learner.id) if course.work else [], time_zone_of(learner.district_id), []
    for asked in course.work:
        found = shown_by(asked, scored)
        if found is None:
            raise NotGranted(T("Project work that this course asks for has not been shown yet."))
        score = found.standing.score
        said = T(
            "Shown in the project “{project}”: {criterion}, step {level} of {of}. “{step}” Scored by {by}, {day}.",
            project=found.title,
            criterion=found.criterion.title,
            level=score.level,
            of=len(found.criterion.steps),
            step=found.step,
            by=score.by,
            day=local_date(zone, score.at).isoformat(),
        )
        out.append(Shown(f"{asked.rubric}/{asked.criterion}", asked.competency, (), str(said)))
    return out


def _badge(learner: Person, course: Course, shown: Sequence[Shown], key: str, now: float) -> str:
    """The signed credential of a credit."""
    signer = signer_of(learner.district_id, now)
    award = Award(
        id=key,
        issuer=District.objects.values_list("name", flat=True).get(id=learner.district_id),
        learner=learner.name,
        learner_code=learner.sourced_id,
        course=course.code,
        course_title=course.title,
        credit=course.credit,
        criteria=CRITERIA,
        shown=shown,
        at=now,
    )
    return signed(credential(award, did_key(signer.public)), signer.public, signer.sign)


@transaction.atomic
def take_back(*, learner: Person, by: Person, credit: UUID, words: str, now: float) -> Row:
    """Take credit back, with the reason; the granted row and its badge stay on record. Raises NotGranted."""
    row = Row.objects.filter(id=credit, learner=learner, kind="granted").first()
    standing = {found.id for found in credits_of(learner.id) if not found.taken_by}
    if row is None or str(row.id) not in standing:
        raise NotGranted(T("There is no such credit to take back."))
    if not words.strip():
        raise NotGranted(T("Say in a few words why. The family can read it."))
    return Row.objects.create(
        district_id=learner.district_id,
        learner=learner,
        kind="taken back",
        code=row.code,
        title=row.title,
        amount=row.amount,
        shown={"credit": str(row.id)},
        words=words.strip()[:LONGEST],
        by=by,
        at=now,
    )


def credits_of(learner: UUID) -> list[Credit]:
    """Return a learner's credit, the newest first, what was taken back included. One query. The caller has checked access."""
    return credits_of_all([learner])[learner]


def credits_of_all(learners: Sequence[UUID]) -> dict[UUID, list[Credit]]:
    """The same for several learners."""
    rows = list(Row.objects.filter(learner_id__in=learners).select_related("by").order_by("-at", "id"))
    taken = {row.shown["credit"]: row for row in rows if row.kind == "taken back"}
    found: dict[UUID, list[Credit]] = {learner: [] for learner in learners}
    for row in rows:
        if row.kind == "granted":
            end = taken.get(str(row.id))
            found[row.learner_id].append(_credit(row, end))
    return found


def _credit(row: Row, end: Row | None) -> Credit:
    return Credit(
        id=str(row.id),
        code=row.code,
        title=row.title,
        amount=row.amount,
        shown=tuple((skill, title, said) for skill, title, said in [*row.shown["skills"], *row.shown.get("work", [])]),
        credential=row.credential,
        by=row.by.name,
        at=row.at,
        taken_by=end.by.name if end else "",
        taken_why=end.words if end else "",
    )

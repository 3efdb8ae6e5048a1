"""Questions that teachers write: kept as drafts, shared with the school, taken back; what learners did with them stays."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from headway.core.curriculum.problems import Problem
from headway.core.text import T
from headway.school.curriculum.actions import SavedProblems, publish_curriculum, save_problems
from headway.school.curriculum.models import Problem as ProblemRow
from headway.school.curriculum.models import Skill
from headway.school.exchange.content.actions import NotTaken
from headway.school.exchange.content.models import AuthoredQuestion
from headway.school.people.access import Viewer
from headway.school.people.models import Person, RoleName
from headway.school.people.tenancy import in_district
from headway.standards.content.authored import Draft, Written, as_package, body_of, draft_of, prefix, write
from headway.standards.content.neutral import key_of, problem_of

LICENCES = ("", "CC BY 4.0", "CC0 1.0")
"""Terms that an author may choose; "" keeps a question within the district."""
OWN_TERMS = "All rights with its author; used in this district"
MOST = 200
"""Questions that a list shows."""
AUTHORS = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as its page knows it. ``mine``: the viewer may change it."""

    id: UUID
    title: str
    state: str
    author: str
    mine: bool
    draft: Draft
    at: float


def questions_of(viewer: Viewer) -> list[Kept]:
    """The viewer's own questions, and those that colleagues of their schools share; newest first. One query."""
    rows = _seen(viewer).select_related("by").order_by("-at")[:MOST]
    return [_kept(row, viewer) for row in rows]


def question_of(viewer: Viewer, key: UUID) -> Kept:
    """One of them. Raises NotTaken where the viewer may not see it."""
    row = _seen(viewer).filter(id=key).select_related("by").first()
    if row is None:
        raise NotTaken(T("There is no such question here."))
    return _kept(row, viewer)


def keep(*, by: Person, draft: Draft, now: float, key: UUID | None = None) -> UUID:
    """Write a draft down, new or in the place of the author's own. One that is shared stays as learners have it until it is
    shared again. Raises NotTaken for somebody else's."""
    with in_district(by.district_id):
        title = (draft.title or draft.question).strip().split("\n")[0][:120]
        if key is None:
            school = (
                by.roles.filter(name__in=AUTHORS).exclude(school=None).order_by("id").values_list("school", flat=True)
            )
            row = AuthoredQuestion.objects.create(
                district_id=by.district_id, school_id=school.first(), by=by, title=title, body=body_of(draft), at=now
            )
            return row.id
        row = _own(by, key)
        row.title, row.body, row.at = title, body_of(draft), now
        row.save(update_fields=["title", "body", "at"])
        return row.id


def share(*, by: Person, key: UUID, now: float) -> SavedProblems:
    """Put a question, with all its variants, before learners whose path comes to its skill. Variants that it had before and has
    no more are laid aside. Raises NotTaken where something of it has to be mended first."""
    with in_district(by.district_id):
        row = _own(by, key)
        draft = draft_of(row.body)
        made = write(draft)
        if made.faults:
            raise NotTaken(next(iter(made.faults.values())))
        if not Skill.objects.filter(key=draft.skill).exists():
            raise NotTaken(T("Choose the skill that it practices."))
        problems = problems_of(draft, made, key=str(row.id), author=by.name)
        saved = save_problems(district=by.district_id, problems=problems)
        ours = ProblemRow.objects.filter(key__startswith=prefix(str(row.id)))
        ours.exclude(key__in=[each.id for each in problems]).update(active=False)
        ours.filter(key__in=[each.id for each in problems]).update(active=True)
        row.state, row.shared_at = "shared", now
        row.save(update_fields=["state", "shared_at"])
        publish_curriculum(district=by.district_id)
    return saved


def take_back(*, by: Person, key: UUID) -> None:
    """Give it to no learner any more. What was answered stays."""
    with in_district(by.district_id):
        row = _own(by, key)
        ProblemRow.objects.filter(key__startswith=prefix(str(row.id))).update(active=False)
        row.state = "back" if row.shared_at else "draft"
        row.save(update_fields=["state"])
        publish_curriculum(district=by.district_id)


def problems_of(draft: Draft, made: Written, *, key: str, author: str) -> list[Problem]:
    """The variants as problems."""
    licence = draft.licence if draft.licence in LICENCES[1:] else OWN_TERMS
    package = as_package(draft, made, key=key, author=author, licence=licence)
    found = {key_of(package, q): problem_of(package, q, skill=draft.skill, licence=licence) for q in package.questions}
    return list(found.values())


def _seen(viewer: Viewer) -> QuerySet[AuthoredQuestion]:
    mine = Q(by=viewer.person)
    schools = viewer.schools(*AUTHORS)
    shared = Q(state__in=("shared", "back"))
    return AuthoredQuestion.objects.filter(mine | (shared if None in schools else shared & Q(school__in=schools)))


def _own(by: Person, key: UUID) -> AuthoredQuestion:
    row = AuthoredQuestion.objects.select_for_update().filter(id=key, by=by).first()
    if row is None:
        raise NotTaken(T("Only its author changes a question. Make a copy of it."))
    return row


def _kept(row: AuthoredQuestion, viewer: Viewer) -> Kept:
    return Kept(row.id, row.title, row.state, row.by.name, row.by_id == viewer.person.id, draft_of(row.body), row.at)

"""Taking a whole subject in: its skills, what builds on what, and its problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.school.curriculum.actions import SavedProblems, publish_curriculum, save_graph, save_problems
from headway.school.curriculum.models import Problem, Skill, SkillEdge
from headway.school.people.tenancy import in_district
from headway.standards.subject.reading import Subject


@dataclass(frozen=True, slots=True)
class SavedSubject:
    """What taking a subject in changed: skills that are new, problems added, changed, as they were, and laid aside because
    the tables do not hold them any more."""

    new_skills: int
    problems: SavedProblems
    laid_aside: int


@transaction.atomic
def save_subject(*, district: UUID, subject: Subject) -> SavedSubject:
    """Take a subject's skills and problems in and put them in force; all or nothing.

    A second import updates what is there. Skills stay, because evidence speaks of them; what builds on what is as the newest
    tables say; a problem that they lack is not offered any more, and one that they hold is. Raises SkillTaken when a skill
    belongs to another subject already.
    """
    source = f"subject {subject.name}"
    with in_district(district):
        keys = [skill.id for skill in subject.graph.skills]
        others = Skill.objects.filter(key__in=keys).exclude(subject=subject.name).order_by("number")
        taken = list(others.values_list("key", "subject")[:5])
        if taken:
            raise SkillTaken(taken)
        SkillEdge.objects.filter(source=source).delete()
        new, _ = save_graph(district=district, graph=subject.graph, source=source)
        ours = Problem.objects.filter(key__startswith=f"{subject.name}:")
        here = {problem.id for problem in subject.problems}
        laid = [key for key in ours.filter(active=True).values_list("key", flat=True) if key not in here]
        ours.filter(key__in=laid).update(active=False)
        ours.filter(key__in=here, active=False).update(active=True)
        saved = save_problems(district=district, problems=subject.problems)
        publish_curriculum(district=district)
    return SavedSubject(new, saved, len(laid))


def preview_subject(*, district: UUID, subject: Subject) -> SavedSubject:
    """What :func:`save_subject` would change; nothing is kept. Raises SkillTaken."""
    with in_district(district), transaction.atomic():
        saved = save_subject(district=district, subject=subject)
        transaction.set_rollback(True)
    return saved


class SkillTaken(ValueError):
    """Skills of a subject that is taken in belong to another one already: (skill, subject) pairs, at most five."""

    def __init__(self, taken: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{key} ({subject})" for key, subject in taken))
        self.taken = tuple(taken)

"""The skills of a district for a form to choose from, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from headway.pages.person.domains import level_said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.people.access import Viewer


def titles_of(viewer: Viewer) -> dict[str, str]:
    """Skill -> its title; empty before the district has any."""
    try:
        return {skill.id: _(skill.title) for skill in curriculum_of(viewer.person.district_id).skills}
    except NoCurriculum:
        return {}


def skills_by_grade(viewer: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Subject and grade in words, and their skills (key, title with the key), in the order of the graph; empty before there
    are any."""
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        return []
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for skill in curriculum.skills:
        title = _(skill.title)
        groups.setdefault((skill.subject, skill.grade), []).append((skill.id, f"{title} ({skill.id})"))
    return [
        (", ".join((_(subject).capitalize(), level_said(grade))), rows) for (subject, grade), rows in groups.items()
    ]

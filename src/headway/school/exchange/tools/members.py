"""Who is in a section, as a tool may hear it (Names and Role Provisioning Services 2.0)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from headway.school.exchange.tools.book import Listed, NotThere, check_section
from headway.school.exchange.tools.models import LtiAccount, LtiPlacement, LtiTool
from headway.school.exchange.tools.visiting import PLACE, somebody
from headway.school.people.access import record_access_by
from headway.school.people.models import Enrolment, Section
from headway.standards.lti import words
from headway.standards.lti.hosting import Course, Link, Somebody, member, substituted

ROLES = {"student": "Learner", "teacher": "Instructor"}


def members_in(tool: LtiTool, section: UUID, *, role: str, link: str, first: int, limit: int) -> tuple[Listed, Section]:
    """The people of a section page by page, of one role where that is asked for. With a ``link``, each has the custom parameters
    that a launch of it would have. Raises NotThere."""
    check_section(tool, section)
    placement = _placement(tool, section, link) if link else None
    short = role.rpartition("#")[2].rpartition("/")[2]
    kinds = [kind for kind, name in ROLES.items() if not role or name == short]
    rows = Enrolment.objects.filter(section_id=section, role__in=kinds, person__is_active=True).select_related("person")
    found = list(rows.order_by("id")[first : first + limit + 1])
    people = [row.person for row in found[:limit]]
    known = _accounts(tool, [person.id for person in people])
    if tool.shares:
        learners = [row.person_id for row in found[:limit] if row.role == "student"]
        record_access_by(tool.by_id, learners, district=tool.district_id, purpose=tool.name, place=PLACE)
    course = Section.objects.get(id=section)
    lines = []
    for row in found[:limit]:
        told = somebody(tool, row.person, ROLES[row.role], known[row.person_id])
        lines.append(member(told) | (_message(tool, told, course, placement) if placement is not None else {}))
    return Listed(lines, len(found) > limit), course


def _accounts(tool: LtiTool, people: list[UUID]) -> dict[UUID, str]:
    """The tool's identifiers of these people; whoever has none yet gets one."""
    new = [LtiAccount(district_id=tool.district_id, tool=tool, person_id=person) for person in people]
    LtiAccount.objects.bulk_create(new, ignore_conflicts=True)
    rows = LtiAccount.objects.filter(tool=tool, person_id__in=people)
    return {person: str(key) for person, key in rows.values_list("person_id", "id")}


def _placement(tool: LtiTool, section: UUID, link: str) -> LtiPlacement:
    try:
        found = LtiPlacement.objects.filter(id=UUID(link), tool=tool, section_id=section, ended_at=None).first()
    except ValueError:
        found = None
    if found is None:
        raise NotThere
    return found


def _message(tool: LtiTool, told: Somebody, course: Section, row: LtiPlacement) -> dict[str, Any]:
    opened = Link(row.url or tool.launch_url, "", str(row.id), row.title, {**tool.custom, **row.custom})
    said = {f"{words.LTI}message_type": words.RESOURCE}
    if opened.custom:
        said |= {f"{words.LTI}custom": substituted(opened, told, Course(str(course.id), course.title))}  # type: ignore[dict-item]
    return {"message": [said]}

"""What of a tool stands before a class is an activity elsewhere, too: on its list, at its skill, on its learners' paths."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from headway.core.curriculum.outside import LONGEST_TITLE, Outside, frame_of, host_of
from headway.school.exchange.tools.models import LtiColumn, LtiPlacement, LtiTool
from headway.school.path.outside.actions import NotThere, add, give, retire, take_off
from headway.school.path.outside.models import OutsideActivity, OutsideGiven
from headway.school.people.access import sections_of, viewer_of
from headway.school.people.models import Person, Section

MINUTES = 15
"""What a thing of a tool is said to take until a teacher says otherwise: its provider does not say."""


def put_on_list(row: LtiPlacement, *, now: float) -> None:
    """Put what a teacher placed on the list of the class. Raises Faulty for a skill that the district does not have, and
    NotAllowed for somebody who does not work with the class."""
    by = viewer_of(row.by)
    skills = (row.skill,) if row.skill else ()
    what = Outside(
        "tool", row.title, f"/lti/go/{row.id}", "try", MINUTES, skills, source=row.tool.name, ref=str(row.id)
    )
    activity = add(by=by, what=replace(what, language=row.by.language), now=now, key=f"lti:{row.id}")
    give(by=by, activity=activity, section=row.section_id, now=now)


def put_page_on_list(
    *, tool: LtiTool, section: Section, address: str, title: str, skill: str, by: Person, now: float
) -> None:
    """Put a public page that was chosen in a tool on the list of the class, as if the teacher had added it. Raises Faulty and
    NotAllowed as :func:`put_on_list` does."""
    kind, name = "video" if frame_of(address) else "link", (title or host_of(address))[:LONGEST_TITLE]
    skills = (skill,) if skill else ()
    what = Outside(kind, name, address, "learn", MINUTES, skills, by.language, source=tool.name)
    viewer = viewer_of(by)
    give(by=viewer, activity=add(by=viewer, what=what, now=now), section=section.id, now=now)


def take_off_list(row: LtiPlacement, *, by: Person, now: float) -> None:
    """Take it off: everywhere where it is this person's own, else off the list of its class."""
    viewer = viewer_of(by)
    activity = OutsideActivity.objects.filter(key=f"lti:{row.id}").first()
    if activity is None:
        return
    try:
        retire(by=viewer, activity=activity.id, now=now)
    except NotThere:
        for given in OutsideGiven.objects.filter(activity=activity, section=row.section_id, ended_at=None):
            take_off(by=viewer, given=given.id, now=now)


def for_class_of(row: LtiPlacement, learner: Person, *, now: float) -> LtiPlacement | None:
    """The same thing for the class of a learner on whose list it was put though it stands before another class: to the tool each
    class is one of its own. None where it is on no list of theirs."""
    own = Section.objects.filter(enrolments__person=learner, enrolments__role="student", is_active=True)
    given = OutsideGiven.objects.filter(activity__key=f"lti:{row.id}", activity__retired_at=None, ended_at=None)
    found = given.filter(Q(section__in=own) | Q(learner=learner)).select_related("by").order_by("at", "id").first()
    if found is None:
        return None
    taught = (
        own.filter(id=found.section_id) if found.section_id else own.filter(id__in=sections_of(viewer_of(found.by)))
    )
    section = taught.order_by("id").first()
    if section is None:
        return None
    same = {
        "tool": row.tool,
        "skill": row.skill,
        "title": row.title,
        "url": row.url,
        "custom": row.custom,
        "by": found.by,
        "at": now,
    }
    made, new = LtiPlacement.objects.get_or_create(
        district_id=row.district_id, section=section, like=row, ended_at=None, defaults=same
    )
    for column in LtiColumn.objects.filter(placement=row, ended_at=None) if new else ():
        LtiColumn.objects.create(
            district_id=row.district_id, tool=row.tool, section=section, placement=made, label=column.label,
            maximum=column.maximum, resource=column.resource, tag=column.tag, at=now,
        )  # fmt: skip
    return made

"""What a learner has taught at home, in sentences: for the family's page, the profile and the ledger."""

from __future__ import annotations

from headway.core.curriculum.catalogue import Curriculum
from headway.core.path.week import title_of
from headway.core.text import T, Text
from headway.pages.dates import day
from headway.school.path.families.teaching import Taught, taught_of
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person


def taught_shown(child: Person, curriculum: Curriculum, now: float) -> list[tuple[Text, str, str]]:
    """What was taught at home, each in a sentence, with its day and words of the grown-up."""
    zone = time_zone_of(child.district_id)
    return [
        (taught_said(each, title_of(each.skill, curriculum)), day(each.at, now, zone), each.words)
        for each in taught_of(child.id)
        if each.skill in curriculum.skill_number
    ]


def taught_said(each: Taught, title: Text) -> Text:
    """A teach-back in a sentence, with what came of the child's own problem later."""
    if each.held is True:
        return T("Taught to {who}: “{skill}”. Some days later it was still there.", who=each.by, skill=title)
    if each.held is False:
        return T("Taught to {who}: “{skill}”. Some days later it needed another look.", who=each.by, skill=title)
    if not each.correct:
        return T("Taught to {who}: “{skill}”. The grown-up’s problem did not come out right.", who=each.by, skill=title)
    if each.explained == "alone":
        return T("Taught to {who}: “{skill}”, so that it was easy to follow.", who=each.by, skill=title)
    return T("Taught to {who}: “{skill}”.", who=each.by, skill=title)

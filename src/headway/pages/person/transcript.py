"""The transcript as a PDF: credit with who granted it, what each rests on, and what counts so far."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from headway.core.mastery.credit import standing_said
from headway.core.text import Text
from headway.pages.dates import date_said
from headway.pages.documents import Block, Document, Facts, Heading, Points, Table, Words, pdf_response
from headway.pages.person.door import Seen, for_person
from headway.pages.render import plain
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.credit.courses import courses
from headway.school.mastery.credit.granting import Credit, credits_of
from headway.school.mastery.credit.keys import public_keys
from headway.school.mastery.credit.standing import standings_of
from headway.school.path.rechecks import settle
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.company import school_names
from headway.school.people.models import Person
from headway.standards.open_badges import did_key


@require_GET
@for_person
def transcript(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The transcript of a learner, for everybody who sees the profile."""
    now = time.time()
    settle(learner=seen.learner, now=now)
    return pdf_response(transcript_of(seen.learner, now), at=now, name=f"transcript-{seen.learner.sourced_id}")


def transcript_of(learner: Person, now: float) -> Document:
    """Put the record of credit on paper."""
    zone = time_zone_of(learner.district_id)
    granted = [credit for credit in credits_of(learner.id) if not credit.taken_by]
    blocks: list[Block] = [
        Facts(
            [
                (_("Learner"), learner.name),
                (_("Number"), learner.sourced_id),
                (_("Credit in all"), f"{sum(credit.amount for credit in granted):g}"),
            ]
        ),
        Heading(_("Credit")),
    ]
    if granted:
        rows = [
            (credit.title, f"{credit.amount:g}", date_said(local_date(zone, credit.at)), credit.by)
            for credit in granted
        ]
        head = (_("Course"), _("Credit"), _("Granted on"), _("Granted by"))
        blocks.append(Table(head, rows, (3, 1, 2, 2), _("Credit that was granted")))
        for credit in granted:
            blocks += _rests(credit)
    else:
        blocks.append(Words(_("No credit has been granted yet.")))
    blocks += _under_way(learner, {credit.code for credit in granted}, zone)
    keys = public_keys()
    if keys and granted:
        words = _("Each credit has a signed badge (Open Badges 3.0). It was signed with the key of {did}.")
        blocks.append(Words(words.format(did=did_key(keys[0])), kind="quiet"))
    return Document(
        title=_("Transcript"),
        language=get_language() or "en",
        school=", ".join(school_names(learner.id)),
        date=date_said(local_date(zone, now)),
        blocks=blocks,
        lead=_("Credit is given for what was shown, at any time of the year. Time in a seat does not count."),
        foot=learner.name,
    )


def _rests(credit: Credit) -> list[Block]:
    return [Heading(credit.title), Points([said for _skill, _title, said in credit.shown])]


def _under_way(learner: Person, done: set[str], zone: str) -> list[Block]:
    """Courses in which something counts already."""
    curriculum = curriculum_of(learner.district_id)
    offered = [course for course in courses() if course.code not in done]
    found = standings_of([learner.id], curriculum, [skill for course in offered for skill in course.skills])[learner.id]
    blocks: list[Block] = []
    for course in offered:
        counting = [skill for skill in course.skills if found[skill].state == "counts"]
        if counting:
            heading = _("{course}: {n} of {all} skills count").format(
                course=course.title, n=len(counting), all=len(course.skills)
            )
            blocks.append(Heading(heading))
            lines = []
            for skill in counting:
                title = Text(curriculum.skills[curriculum.skill_number[skill]].title)
                since = date_said(local_date(zone, found[skill].since))
                lines.append(plain(standing_said(found[skill], title, since)))
            blocks.append(Points(lines))
    return blocks

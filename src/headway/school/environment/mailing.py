"""The week by e-mail, to those of the family who asked for it: once a week and child, in their language, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Literal
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from headway.core.path.week import Week
from headway.core.text import Text
from headway.school.environment.week import week_of
from headway.school.path.families.choices import wanting
from headway.school.path.families.models import WeekSent
from headway.school.people.clock import date_of
from headway.school.people.mail_choice import Choice
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district

State = Literal["sent", "would-send", "sent-before", "empty", "failed"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What happened with the week of one child for one person. ``problem`` says why it failed."""

    to: str
    email: str
    learner: str
    language: str
    state: State
    subject: str = ""
    body: str = ""
    problem: str = ""


def send_weeks(*, district: UUID, monday: int, address: str, now: float, dry_run: bool) -> list[Letter]:
    """Send the week that began on ``monday`` (local day since 1970). ``address`` is where Headway is served
    (``https://learn.example.org``). Each letter is a transaction of its own: what was sent is on record, what failed is
    not and is tried again by the next call. A week in which nothing happened is not sent. Raises NoCurriculum."""
    with in_district(district):
        wanted = [(to, choice, child) for to, choice, children in wanting() for child in children]
        done = set(WeekSent.objects.filter(week=monday).values_list("to_id", "learner_id"))
    return [
        Letter(to.name, choice.email, child.name, choice.language, "sent-before")
        if (to.id, child.id) in done
        else _send(to, choice, child, monday, address, now, dry_run=dry_run)
        for to, choice, child in wanted
    ]


def _send(to: Person, choice: Choice, child: Person, monday: int, address: str, now: float, *, dry_run: bool) -> Letter:
    with in_district(child.district_id) as unit, override(choice.language):
        week = week_of(child, monday)
        if week.empty:
            return Letter(to.name, choice.email, child.name, choice.language, "empty")
        subject, body = letter_of(week, to, child, monday, address)
        made = Letter(to.name, choice.email, child.name, choice.language, "would-send", subject, body)
        if dry_run:
            return made
        # The row first: of two commands at once the second waits for it here, and stops.
        _row, new = WeekSent.objects.get_or_create(
            to=to,
            learner=child,
            week=monday,
            defaults={"district_id": child.district_id, "email": choice.email, "at": now},
        )
        if not new:
            return Letter(to.name, choice.email, child.name, choice.language, "sent-before")
        headers = {"List-Unsubscribe": f"<{address}/family/mail>"}
        try:
            EmailMessage(subject, body, None, [choice.email], headers=headers).send()
        except (SMTPException, OSError) as problem:
            unit.roll_back()
            words = str(problem) or type(problem).__name__
            return Letter(to.name, choice.email, child.name, choice.language, "failed", problem=words)
    return Letter(to.name, choice.email, child.name, choice.language, "sent", subject, body)


def letter_of(week: Week, to: Person, child: Person, monday: int, address: str) -> tuple[str, str]:
    """Return subject and body, in the language that is in force."""
    first, last = (date_format(date_of(monday + n), "MONTH_DAY_FORMAT") for n in (0, 6))
    subject = gettext("{name}’s week, {first} to {last}").format(name=child.given_name, first=first, last=last)
    parts = [gettext("Dear {name},").format(name=to.given_name), _said(week.practice)]
    parts += _part(gettext("Learned"), week.learned)
    parts += _part(gettext("What comes next"), week.following)
    parts += _part(gettext("Agreed in a talk at school"), week.agreed)
    parts += ["\n".join([gettext("One thing to ask"), _said(week.ask)])]
    parts += [
        gettext("More, and a way to let your child teach you: {link}").format(link=f"{address}/family/{child.id}")
    ]
    parts += [
        gettext("You get this mail because you asked for it. You can end it at any time: {link}").format(
            link=f"{address}/family/mail"
        )
    ]
    return " ".join(subject.split()), "\n\n".join(parts) + "\n"


def _part(heading: str, lines: Sequence[Text]) -> list[str]:
    return ["\n".join([heading, *(f"- {_said(line)}" for line in lines)])] if lines else []


def _said(text: Text) -> str:
    return text.translate(gettext)

"""The report by e-mail, to those who asked for it: once for each last closed week, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException
from typing import Literal
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from headway.core.evidence.reports.told import figure_told
from headway.school.evidence.reports.choices import wanting
from headway.school.evidence.reports.models import ReportSent
from headway.school.evidence.reports.queries import scope_of
from headway.school.evidence.reports.report import Report, report_of
from headway.school.people.access import NotAllowed, viewer_of
from headway.school.people.clock import date_of
from headway.school.people.mail_choice import Choice
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district

State = Literal["sent", "would-send", "sent-before", "empty", "failed"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What happened with the report for one person. ``problem`` says why it failed."""

    to: str
    email: str
    language: str
    state: State
    subject: str = ""
    body: str = ""
    problem: str = ""


def send_reports(*, district: UUID, address: str, now: float, dry_run: bool) -> list[Letter]:
    """Send the last four closed weeks. ``address`` is where Headway is served. Each letter is a transaction of its own: what was
    sent is on record, what failed is not and is tried again by the next call. Without a figure nothing is sent."""
    with in_district(district):
        wanted = wanting()
    return [_send(to, choice, address, now, dry_run=dry_run) for to, choice in wanted]


def _send(to: Person, choice: Choice, address: str, now: float, *, dry_run: bool) -> Letter:
    with in_district(to.district_id) as unit, override(choice.language):
        try:
            report = report_of(scope_of(viewer_of(to)), "month", "board")
        except NotAllowed:
            return Letter(to.name, choice.email, choice.language, "empty")
        if report.last is None or not report.parts:
            return Letter(to.name, choice.email, choice.language, "empty")
        subject, body = letter_of(report, to, address)
        if dry_run:
            return Letter(to.name, choice.email, choice.language, "would-send", subject, body)
        # The row first: of two commands at once the second waits for it here, and stops.
        kept = {"district_id": to.district_id, "email": choice.email, "at": now}
        _row, new = ReportSent.objects.get_or_create(to=to, week=report.last.week, defaults=kept)
        if not new:
            return Letter(to.name, choice.email, choice.language, "sent-before")
        headers = {"List-Unsubscribe": f"<{address}/reports#mail>"}
        try:
            EmailMessage(subject, body, None, [choice.email], headers=headers).send()
        except (SMTPException, OSError) as problem:
            unit.roll_back()
            words = str(problem) or type(problem).__name__
            return Letter(to.name, choice.email, choice.language, "failed", problem=words)
    return Letter(to.name, choice.email, choice.language, "sent", subject, body)


def letter_of(report: Report, to: Person, address: str) -> tuple[str, str]:
    """Return subject and body, in the language that is in force."""
    first, last = (date_format(date_of(day), "MONTH_DAY_FORMAT") for day in (report.weeks[0], report.weeks[-1] + 6))
    where = ", ".join(name for _key, name in report.scope.schools)
    subject = gettext("Report, {first} to {last}").format(first=first, last=last)
    parts = [gettext("Dear {name},").format(name=to.given_name), where]
    for part in report.parts:
        lines = [line for line in part.lines if line.figure is not None]
        told = [figure_told(line.measure, line.figure).translate(gettext) for line in lines if line.figure is not None]
        parts.append("\n".join([part.name.translate(gettext), *(f"- {each}" for each in told)]))
    if report.simulated:
        parts.append(gettext("These figures are of invented learners."))
    parts.append(gettext("In brackets: where the true value lies with 95 % certainty."))
    parts.append(gettext("All of it, with definitions and groups: {link}").format(link=f"{address}/reports"))
    parts.append(
        gettext("You get this mail because you asked for it. You can end it at any time: {link}").format(
            link=f"{address}/reports#mail"
        )
    )
    return " ".join(subject.split()), "\n\n".join(parts) + "\n"

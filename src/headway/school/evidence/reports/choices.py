"""Who wants the report by e-mail: nobody gets one who has not asked for it."""

from __future__ import annotations

from headway.school.evidence.reports.models import ReportChoice
from headway.school.evidence.reports.queries import READERS
from headway.school.people.mail_choice import Choice, checked
from headway.school.people.models import Person


def choose(*, by: Person, wanted: bool, language: str, email: str, now: float) -> None:
    """Write down what somebody wants. Raises NotChosen for a language or an address that is none."""
    kept = checked(wanted=wanted, language=language, email=email, now=now)
    ReportChoice.objects.create(
        district_id=by.district_id, by=by, wanted=wanted, language=language, email=kept.email, at=now
    )


def choice_of(person: Person) -> Choice:
    """Return what somebody wants; before they have said so: no mail, their own language and the roster's address."""
    row = ReportChoice.objects.filter(by=person).order_by("-id").first()
    return Choice(row.wanted, row.language, row.email, row.at) if row else Choice(False, person.language, person.email)


def wanting() -> list[tuple[Person, Choice]]:
    """Return who of the district's leaders and researchers wants the report. Whoever lost the role gets none. One query."""
    newest = ReportChoice.objects.order_by("by_id", "-id").distinct("by_id").select_related("by")
    kept = newest.filter(by__is_active=True, by__roles__name__in=READERS)
    return [(row.by, Choice(True, row.language, row.email, row.at)) for row in kept if row.wanted and row.email]

"""Who wants the report by e-mail: nobody gets one who has not asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from headway.core.text import T, Text
from headway.school.evidence.reports.models import ReportChoice
from headway.school.evidence.reports.queries import READERS
from headway.school.people.models import Person


class NotChosen(ValueError):
    """The choice cannot be kept as it is; ``text`` says what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants; ``at`` is when they said so (seconds since 1970), 0 for never."""

    wanted: bool
    language: str
    email: str
    at: float = 0.0


@transaction.atomic
def choose(*, by: Person, wanted: bool, language: str, email: str, now: float) -> None:
    """Write down what somebody wants. Raises NotChosen for a language that Headway does not speak, and for a report without an
    address that can be one."""
    email = email.strip()[:254]
    if language not in dict(settings.LANGUAGES):
        raise NotChosen(T("Choose a language from the list."))
    if wanted or email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotChosen(T("Write an e-mail address, such as name@example.org.")) from None
    ReportChoice.objects.create(
        district_id=by.district_id, by=by, wanted=wanted, language=language, email=email, at=now
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

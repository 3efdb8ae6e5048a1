"""Consent and preferences of families: whether the week comes by e-mail, in which language, where to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from headway.core.text import T, Text
from headway.school.path.families.models import FamilyChoice
from headway.school.people.models import Guardianship, Person


class NotChosen(ValueError):
    """The choice cannot be kept as it is; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody of a family wants; ``at`` is when they said so (seconds since 1970), 0 for never."""

    weekly: bool
    language: str
    email: str
    at: float = 0.0


@transaction.atomic
def choose(*, by: Person, weekly: bool, language: str, email: str, now: float) -> FamilyChoice:
    """Write down what somebody wants. Raises NotChosen for a language that Headway does not speak, and for a weekly mail
    without an address that can be one."""
    email = email.strip()[:254]
    if language not in dict(settings.LANGUAGES):
        raise NotChosen(T("Choose a language from the list."))
    if weekly or email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotChosen(T("Write an e-mail address, such as name@example.org.")) from None
    return FamilyChoice.objects.create(
        district_id=by.district_id, by=by, weekly=weekly, language=language, email=email, at=now
    )


def choice_of(person: Person) -> Choice:
    """Return what somebody wants; before they have said so: no mail, their own language and the roster's address."""
    row = FamilyChoice.objects.filter(by=person).order_by("-id").first()
    if row is None:
        return Choice(False, person.language, person.email)
    return Choice(row.weekly, row.language, row.email, row.at)


def history_of(person: Person) -> list[Choice]:
    """Return everything that somebody has chosen, the newest first."""
    rows = FamilyChoice.objects.filter(by=person).order_by("-id")[:20]
    return [Choice(row.weekly, row.language, row.email, row.at) for row in rows]


def wanting() -> list[tuple[Person, Choice, list[Person]]]:
    """Return who of the district's families wants the weekly mail, with their active children. Three queries."""
    newest = FamilyChoice.objects.order_by("by_id", "-id").distinct("by_id").select_related("by")
    chosen = {row.by_id: row for row in newest if row.weekly and row.email and row.by.is_active}
    rows = Guardianship.objects.filter(guardian_id__in=chosen, learner__is_active=True).select_related("learner")
    children: dict[UUID, list[Person]] = {key: [] for key in chosen}
    for row in rows.order_by("learner__given_name", "learner_id"):
        children[row.guardian_id].append(row.learner)
    return [(row.by, Choice(True, row.language, row.email, row.at), children[key]) for key, row in chosen.items()]

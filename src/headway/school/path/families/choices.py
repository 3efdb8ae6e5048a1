"""Consent and preferences of families: whether the week comes by e-mail, in which language, where to."""

from __future__ import annotations

from uuid import UUID

from headway.school.path.families.models import FamilyChoice
from headway.school.people.mail_choice import Choice, checked
from headway.school.people.models import Guardianship, Person


def choose(*, by: Person, weekly: bool, language: str, email: str, now: float) -> FamilyChoice:
    """Write down what somebody wants. Raises NotChosen for a language or an address that is none."""
    kept = checked(wanted=weekly, language=language, email=email, now=now)
    return FamilyChoice.objects.create(
        district_id=by.district_id, by=by, weekly=weekly, language=language, email=kept.email, at=now
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

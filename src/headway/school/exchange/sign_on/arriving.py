"""From what a service states about somebody to a person of the roster, or to the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from headway.school.exchange.sign_on.models import SignOnAccount, SignOnEvent, SignOnService
from headway.school.exchange.sign_on.reasons import IN, REASONS
from headway.school.people.models import Person

LONGEST = 300
"""Characters of a detail that are kept."""


class TurnedAway(Exception):
    """Somebody may not come in; ``outcome`` is a key of :data:`reasons.REASONS`."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Statement:
    """What a service says: ``subject`` never changes for an account; ``claims`` are its other statements; ``strong`` that it
    asked for two factors itself."""

    subject: str
    claims: Mapping[str, object]
    strong: bool = False


def arrive(*, service: UUID, statement: Statement, now: float) -> Person:
    """Return the person that the statement is about, and keep a line of it.

    The first time, the matching rule of the service looks for exactly one active person, and ties the account to them; from
    then on the account's own identifier decides, whatever its address has become. Raises TurnedAway.
    """
    row = SignOnService.objects.filter(id=service, ended_at=None).first()
    if row is None or not statement.subject:
        raise TurnedAway("service", "The service was closed." if row is None else "No identifier of the account.")
    tied = SignOnAccount.objects.filter(service=row, subject=statement.subject).select_related("person").first()
    person = tied.person if tied is not None else _tie(row, statement, now)
    if not person.is_active:
        raise TurnedAway("left", str(person.id))
    SignOnEvent.objects.create(district_id=row.district_id, service=row, at=now, outcome=IN, person=person)
    return person


def whose(*, service: UUID, statement: Statement) -> Person:
    """Return whom a statement would let in, without tying the account or keeping a line. Raises TurnedAway."""
    row = SignOnService.objects.get(id=service)
    tied = SignOnAccount.objects.filter(service=row, subject=statement.subject).select_related("person").first()
    person = tied.person if tied is not None else _match(row, statement.claims)
    if not person.is_active:
        raise TurnedAway("left", str(person.id))
    return person


def turn_away(*, service: UUID, why: TurnedAway, now: float) -> None:
    """Keep a line of somebody who was not let in. A reason that has no name of its own stands as ``service``."""
    row = SignOnService.objects.filter(id=service).first()
    if row is not None:
        outcome = why.outcome if why.outcome in REASONS else "service"
        SignOnEvent.objects.create(
            district_id=row.district_id, service=row, at=now, outcome=outcome, detail=why.detail[:LONGEST]
        )


def _tie(service: SignOnService, statement: Statement, now: float) -> Person:
    person = _match(service, statement.claims)
    account = SignOnAccount(
        district_id=service.district_id, service=service, subject=statement.subject, person=person, at=now
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        same = SignOnAccount.objects.filter(service=service, subject=statement.subject, person=person)
        if not same.exists():  # else the same person, at the same moment, in another tab
            raise TurnedAway("other", _value(statement.claims, service.claim)) from None
    return person


def _match(service: SignOnService, claims: Mapping[str, object]) -> Person:
    wanted = _value(claims, service.claim)
    if not wanted:
        raise TurnedAway(
            "unknown", f"The service sent no {service.claim}; it sent {', '.join(sorted(claims)) or 'nothing'}."
        )
    if service.field == "email":
        _check_address(service, wanted, claims)
    rule = {f"{service.field}__iexact" if service.field == "email" else service.field: wanted}
    found = list(Person.objects.filter(is_active=True, **rule)[:2])
    if not found:
        raise TurnedAway("unknown", f"{service.claim} {wanted}")
    if len(found) > 1:
        raise TurnedAway("twice", f"{service.claim} {wanted}")
    return found[0]


def _check_address(service: SignOnService, address: str, claims: Mapping[str, object]) -> None:
    """Raise TurnedAway for an address that the service has not verified, or may not vouch for."""
    if str(claims.get("email_verified", "")).lower() in ("false", "0"):
        raise TurnedAway("unverified", address)
    if service.domains and address.rpartition("@")[2].lower() not in service.domains:
        raise TurnedAway("domain", address)


def _value(claims: Mapping[str, object], name: str) -> str:
    """The claim as text; of several values the first."""
    found = claims.get(name, "")
    if isinstance(found, list | tuple):
        found = found[0] if found else ""
    return str(found).strip() if isinstance(found, str | int) else ""

"""Who of the roster is meant by the identifiers of agents."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from headway.school.exchange.xapi.models import XapiActor
from headway.school.people.models import Person, RoleName
from headway.standards.xapi.results import address_sum

People = dict[str, list[Person]]
"""Identifier of an agent (``standards.xapi.actors.key_of``) -> the learners that it may mean."""


def learners() -> QuerySet[Person]:
    """The learners of the district who are there."""
    return Person.objects.filter(is_active=True, roles__name=RoleName.LEARNER).distinct()


def people_of(credential: UUID, actors: Collection[str]) -> People:
    """Who is meant by identifiers: as a person has said; else the account's name is an identifier of the roster or of Headway,
    or the address is a learner's, or its sum."""
    out: People = {}
    said = XapiActor.objects.filter(credential_id=credential, actor__in=list(actors)).select_related("learner")
    for row in said.order_by("id"):
        out[row.actor] = [row.learner]
    rest = [actor for actor in actors if actor and actor not in out]
    # A name may hold spaces: it begins behind the address of its home, which holds none.
    names = {actor: actor.split(" ", 2)[2] for actor in rest if actor.startswith("account ")}
    mails = {actor: actor.removeprefix("mbox mailto:").lower() for actor in rest if actor.startswith("mbox mailto:")}
    sums = {actor: actor.removeprefix("mbox_sha1sum ").lower() for actor in rest if actor.startswith("mbox_sha1sum ")}
    for actors_of, found in ((names, _by_name(set(names.values()))), (mails, _by_mail(set(mails.values()))),
                             (sums, _by_sum(set(sums.values())))):  # fmt: skip
        out |= {actor: found.get(value, []) for actor, value in actors_of.items()}
    return out


def _by_name(names: set[str]) -> People:
    out: People = {}
    if not names:
        return out
    for person in learners().filter(sourced_id__in=names):
        out.setdefault(person.sourced_id, []).append(person)
    keys = {key: name for name in names if (key := _key(name)) is not None}
    for person in learners().filter(id__in=list(keys)):
        mine = out.setdefault(keys[person.id], [])
        mine += [] if person in mine else [person]
    return out


def _key(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def _by_mail(mails: set[str]) -> People:
    out: People = {}
    if mails:
        for person in learners().annotate(small=Lower("email")).filter(small__in=mails):
            out.setdefault(person.email.lower(), []).append(person)
    return out


def _by_sum(sums: set[str]) -> People:
    out: People = {}
    if sums:
        for person in learners().exclude(email="").iterator():
            for address in {person.email, person.email.lower()}:
                if (found := address_sum(address)) in sums:
                    out.setdefault(found, []).append(person)
    return out

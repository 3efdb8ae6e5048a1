"""The learner's choice: three options with what each would do, and which one was taken."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from headway.api.authenticate import Forbidden, viewer
from headway.api.schemas import PROBLEMS
from headway.api.submissions import in_language
from headway.core.path.choosing import Option
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.choices import offer, take
from headway.school.people.access import access_learner
from headway.school.people.models import Person

router = Router(tags=["choices"])


class OptionOut(Schema):
    """One activity that may be chosen."""

    place: int
    activity: str
    skill: str
    reason: str
    reason_code: str
    probability: float = Field(description="with which the policy itself would give this skill now")
    predicted: float = Field(description="chance of a right first answer")
    opens: list[str] = Field(description="skills that wait for this one")


class OfferOut(Schema):
    """An offer as it was written down; without options there is nothing to choose between."""

    id: UUID | None
    options: list[OptionOut]


class TakenIn(Schema):
    """Which option is taken."""

    place: int = Field(ge=0, le=2)


def _own(request: HttpRequest, learner: UUID) -> Person:
    """Only learners choose for themselves."""
    who = viewer(request)
    if who.person.id != learner:
        raise Forbidden("A choice is the learner's own: use the learner's token.")
    if not request.auth.may("respond"):  # type: ignore[attr-defined]
        raise Forbidden("A choice changes the path: a token needs the scope respond.")
    return access_learner(who, learner, purpose="own", place=f"api {request.path}"[:200])


@router.post("/learners/{uuid:learner}/choices", response={201: OfferOut, **PROBLEMS}, summary="Ask for three options")
def ask(request: HttpRequest, learner: UUID) -> Status[dict[str, Any]]:
    """Write down up to three good options for the learner, each with its reason and the policy's probability."""
    person = _own(request, learner)
    found = offer(learner=person, now=time.time())
    say = in_language(request.auth.language)  # type: ignore[attr-defined]
    options = [_out(place, each, say, person) for place, each in enumerate(found.options)] if found else []
    return Status(201, {"id": found.id if found else None, "options": options})


@router.post(
    "/learners/{uuid:learner}/choices/{uuid:offered}", response={200: OptionOut, **PROBLEMS}, summary="Take an option"
)
def taken(request: HttpRequest, learner: UUID, offered: UUID, body: TakenIn) -> dict[str, Any]:
    """Take one option; the path leans towards its skill for the rest of the day. Open its activity with `POST /responses`, kind
    `start`, with the offer's id as the id. Taking the same option again has no second effect."""
    person = _own(request, learner)
    say = in_language(request.auth.language)  # type: ignore[attr-defined]
    return _out(body.place, take(learner=person, key=offered, place=body.place, now=time.time()), say, person)


def _out(place: int, option: Option, say: Any, learner: Person) -> dict[str, Any]:
    skills = curriculum_of(learner.district_id).skills
    return {
        "place": place,
        "activity": option.activity,
        "skill": option.skill,
        "reason": say(option.reason),
        "reason_code": option.reason_code,
        "probability": option.probability,
        "predicted": option.predicted,
        "opens": [skills[number].id for number in option.opens if number < len(skills)],
    }

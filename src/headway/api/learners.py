"""A learner's record: profile, evidence, decisions, mastery, plan, and who read it. Every read passes ``access_learner``."""

from __future__ import annotations

import time
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from headway.api.authenticate import Forbidden, viewer
from headway.api.schemas import (
    PROBLEMS,
    AccessOut,
    DecisionOut,
    EvidenceOut,
    MasteryOut,
    MeOut,
    Page,
    PersonOut,
    SkillStateOut,
    WishIn,
    WishOut,
)
from headway.api.submissions import in_language
from headway.core.text import text_from_json
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.queries import evidence_page, ledger_page
from headway.school.path.actions import end_wish, wish
from headway.school.path.queries import decision_page, plan_rows_of
from headway.school.path.skills import skills_of
from headway.school.people.access import access_learner
from headway.school.people.company import reading_page
from headway.school.people.models import Person, RoleName
from headway.school.profile.queries import profile_of

router = Router(tags=["learners"])
Limit = Annotated[int, Field(ge=1, le=200)]
After = Annotated[int | None, Field(ge=1, lt=2**63)]
ADULTS = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)


def _learner(request: HttpRequest, learner: UUID, purpose: str) -> Person:
    return access_learner(viewer(request), learner, purpose=purpose, place=f"api {request.path}"[:200])


@router.get("/me", response={200: MeOut, **PROBLEMS}, summary="Who am I")
def me(request: HttpRequest) -> dict[str, Any]:
    """The caller and their roles."""
    who = viewer(request)
    return {**PersonOut.from_orm(who.person).dict(), "roles": sorted({name for name, _ in who.roles})}


@router.get("/learners/{uuid:learner}", response={200: PersonOut, **PROBLEMS}, summary="A learner")
def learner_(request: HttpRequest, learner: UUID) -> Person:
    """Name, grade and language of a learner whom the caller may see."""
    return _learner(request, learner, "look-up")


@router.get(
    "/learners/{uuid:learner}/skills", response={200: list[SkillStateOut], **PROBLEMS}, summary="What they know"
)
def skills(request: HttpRequest, learner: UUID) -> list[dict[str, Any]]:
    """Every skill that the learner has practised, as believed now, forgetting included."""
    person = _learner(request, learner, "profile")
    kept = profile_of(person.id)
    if kept is None:
        return []
    curriculum = curriculum_of(person.district_id)
    views = skills_of(person, kept.profile, time.time())
    return [
        {**{name: getattr(view, name) for name in SkillStateOut.model_fields if name != "title"}, "title": title}
        for view in views
        for title in [curriculum.skills[view.number].title]
    ]


@router.get("/learners/{uuid:learner}/evidence", response={200: Page[EvidenceOut], **PROBLEMS}, summary="The log")
def evidence(
    request: HttpRequest,
    learner: UUID,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Responses and starts, newest first."""
    person = _learner(request, learner, "evidence")
    items, following = evidence_page(person.id, limit=limit, after=after)
    return {"items": items, "next": following}


@router.get(
    "/learners/{uuid:learner}/decisions", response={200: Page[DecisionOut], **PROBLEMS}, summary="What was chosen"
)
def decisions(
    request: HttpRequest,
    learner: UUID,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Decisions with their reasons, alternatives and propensities, newest first."""
    person = _learner(request, learner, "decisions")
    say = in_language(request.auth.language)  # type: ignore[attr-defined]
    items, following = decision_page(person.id, limit=limit, after=after)
    for item in items:
        item.reason = say(text_from_json(item.reason))
    return {"items": items, "next": following}


@router.get("/learners/{uuid:learner}/mastery", response={200: Page[MasteryOut], **PROBLEMS}, summary="The ledger")
def mastery(
    request: HttpRequest,
    learner: UUID,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Lines of the mastery ledger, newest first."""
    person = _learner(request, learner, "mastery")
    items, following = ledger_page(person.id, limit=limit, after=after)
    return {"items": items, "next": following}


@router.get("/learners/{uuid:learner}/access-log", response={200: Page[AccessOut], **PROBLEMS}, summary="Who read it")
def access_log(
    request: HttpRequest,
    learner: UUID,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Who read this learner's record, when and why, newest first."""
    person = _learner(request, learner, "access log")
    rows, following = reading_page(person.id, limit=limit, after=after)
    items = [
        {"id": r.number, "reader": r.reader, "purpose": r.purpose, "place": r.place, "at": r.at.timestamp()}
        for r in rows
    ]
    return {"items": items, "next": following}


@router.get("/learners/{uuid:learner}/plan", response={200: list[WishOut], **PROBLEMS}, summary="What is wanted")
def plan(request: HttpRequest, learner: UUID) -> list[Any]:
    """The rows of the learner's plan, ended ones included, newest first."""
    return plan_rows_of(_learner(request, learner, "plan").id)


@router.post("/learners/{uuid:learner}/plan", response={201: WishOut, **PROBLEMS}, summary="Pin or block a skill")
def add_wish(request: HttpRequest, learner: UUID, body: WishIn) -> Status[Any]:
    """Steer the learner's path from the next choice on. For the adults of the school, with a reason."""
    who = viewer(request)
    person = _learner(request, learner, "plan")
    if not who.has(*ADULTS) or not request.auth.may("respond:any"):  # type: ignore[attr-defined]
        raise Forbidden("Pins are set by teachers, interventionists and leaders; a token needs the scope respond:any.")
    row = wish(learner=person, by=who.person, effect=body.effect, skill=body.skill, reason=body.reason, now=time.time())
    return Status(201, row)


@router.delete(
    "/learners/{uuid:learner}/plan/{uuid:row}", response={204: None, **PROBLEMS}, summary="End a pin or block"
)
def end(request: HttpRequest, learner: UUID, row: UUID) -> Status[None]:
    """End a person's wish; the row stays in the record with its end."""
    who = viewer(request)
    person = _learner(request, learner, "plan")
    if not who.has(*ADULTS) or not request.auth.may("respond:any"):  # type: ignore[attr-defined]
        raise Forbidden("Pins are ended by teachers, interventionists and leaders.")
    if not end_wish(learner=person, row=row, now=time.time()):
        raise Forbidden("There is no pin or block of a person in force with this identifier.")
    return Status(204, None)

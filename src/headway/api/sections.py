"""Sections: the classes that the caller works with, and their learners."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router

from headway.api.authenticate import viewer
from headway.api.schemas import PROBLEMS, PersonOut, SectionOut
from headway.school.people.access import access_section, sections_of
from headway.school.people.models import Person, Section

router = Router(tags=["sections"])


@router.get("/sections", response={200: list[SectionOut], **PROBLEMS}, summary="My sections")
def sections(request: HttpRequest) -> QuerySet[Section]:
    """The sections that the caller teaches or leads."""
    return sections_of(viewer(request))


@router.get("/sections/{uuid:section}/learners", response={200: list[PersonOut], **PROBLEMS}, summary="Its learners")
def learners(request: HttpRequest, section: UUID) -> list[Person]:
    """The learners of a section by family name."""
    return access_section(viewer(request), section, purpose="roster", place="api sections")[1]

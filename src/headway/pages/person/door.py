"""Who may open the pages of a person, and as what: the learner, family, or an adult of the school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from headway.pages.guard import page_for
from headway.school.people.access import Viewer, access_learner, wards_of
from headway.school.people.models import Person, RoleName

More = ParamSpec("More")
PLACE = "profile page"


@dataclass(frozen=True, slots=True)
class Seen:
    """A learner's record that was opened: ``role`` is ``learner``, ``family`` or ``school``."""

    viewer: Viewer
    learner: Person
    role: str

    @property
    def own(self) -> bool:
        """Whether it is the learner's own."""
        return self.role == "learner"


Page = Callable[Concatenate[HttpRequest, Seen, More], HttpResponse]
View = Callable[..., HttpResponse]


def open_person(viewer: Viewer, learner: UUID, *, place: str = PLACE) -> Seen:
    """Open a record as what the viewer is to the learner; the read is logged. Raises NotAllowed."""
    if viewer.person.id == learner:
        role, purpose = "learner", "own"
    elif viewer.has(RoleName.FAMILY) and learner in [ward.id for ward in wards_of(viewer)]:
        role, purpose = "family", "family"
    else:
        role, purpose = "school", "teaching"
    return Seen(viewer, access_learner(viewer, learner, purpose=purpose, place=place), role)


def for_person(page: Page[More]) -> View:
    """Open the page of a learner (``learner`` of the address) to everybody with a part in their education; to others it is
    not there."""

    @wraps(page)
    @never_cache
    @page_for(RoleName.LEARNER, RoleName.FAMILY, RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
    def view(request: HttpRequest, viewer: Viewer, learner: UUID, *args: Any, **more: Any) -> HttpResponse:
        return page(request, open_person(viewer, learner), *args, **more)

    return view

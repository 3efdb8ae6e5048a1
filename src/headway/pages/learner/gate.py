"""Who may open the learner's pages, and the moment that a page is made at."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from headway.pages.context import viewer_in
from headway.pages.guard import to_sign_in
from headway.school.people.models import Person, RoleName

More = ParamSpec("More")
Page = Callable[Concatenate[HttpRequest, Person, More], HttpResponse]
View = Callable[Concatenate[HttpRequest, More], HttpResponse]


def for_learners(page: Page[More]) -> View[More]:
    """Open the page to learners, each their own; it gets the learner. Others get 403, strangers the sign-in."""

    @wraps(page)
    @never_cache
    def view(request: HttpRequest, *args: More.args, **more: More.kwargs) -> HttpResponse:
        viewer = viewer_in(request)
        if viewer is None:
            return to_sign_in(request)
        if not viewer.has(RoleName.LEARNER):
            raise PermissionDenied
        return page(request, viewer.person, *args, **more)

    return cast("View[More]", view)


def clock() -> float:
    """Seconds since 1970, now."""
    return time.time()

"""A section's gradebook as CSV, for whoever teaches it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.guard import page_for
from headway.school.exchange.out.gradebook import gradebook as gradebook_csv
from headway.school.people.access import Viewer, access_section
from headway.school.people.models import RoleName


@require_GET
@never_cache
@page_for(RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
def gradebook(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The file; each learner's record is read, and that is logged."""
    found, learners = access_section(viewer, section, purpose="teaching", place="gradebook")
    # A mark at the start lets spreadsheets read the names as UTF-8.
    response = HttpResponse("\ufeff" + gradebook_csv(found, learners), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(found.title) or "gradebook"}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

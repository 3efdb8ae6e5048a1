"""The part of the sign-on page about second steps: the district's rule, and the reset of one that was lost."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.pages.dates import when
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.school.exchange.sign_on import second
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class Reset:
    """A reset in words."""

    when: str
    who: str
    by: str
    why: str


def shown(viewer: Viewer, now: float) -> dict[str, object]:
    """What the template shows: how the district stands, and who was reset by whom and why."""
    here = time_zone_of(viewer.person.district_id)
    rows = [
        Reset(when(row.ended_at or 0, now, here), row.person.name, row.ended_by.name if row.ended_by else "", row.why)
        for row in second.resets(viewer)
    ]
    return {"second": second.standing(viewer), "resets": rows}


@require_POST
@page_for(RoleName.RESEARCHER, RoleName.LEADER)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Want a second step of the staff, want it no more, or reset somebody's."""
    what = request.POST.get("what", "")
    if what in ("need", "need-not"):
        second.set_rule(by=viewer, needed=what == "need", now=time.time())
        said = _("Everybody of the staff needs a second step now, from their next sign-in on.")
        messages.success(request, said if what == "need" else _("Staff may have a second step, but need none."))
    elif what == "reset":
        who, why = request.POST.get("person", "").strip(), request.POST.get("why", "")
        try:
            person = second.reset(by=viewer, who=who, why=why, now=time.time())
        except second.NotReset as refusal:
            messages.warning(request, plain(refusal.message))
        else:
            messages.success(
                request, _("The second step of {name} is reset. They set up a new one.").format(name=person.name)
            )
    else:
        raise Http404
    return redirect("pages:sign-on")

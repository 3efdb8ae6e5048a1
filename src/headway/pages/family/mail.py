"""Whether the week comes by e-mail, in which language and where to: consent, with its date and name, ended as easily as given."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.pages.dates import day
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.school.path.families.choices import choice_of, choose, history_of
from headway.school.people.access import Viewer, wards_of
from headway.school.people.clock import time_zone_of
from headway.school.people.mail_choice import NotChosen
from headway.school.people.models import RoleName


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(RoleName.FAMILY)
def mail(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The page; a POST writes a choice down."""
    person, now = viewer.person, time.time()
    if request.method == "POST":
        weekly = request.POST.get("weekly") == "yes"
        try:
            choose(
                by=person,
                weekly=weekly,
                language=request.POST.get("language", ""),
                email=request.POST.get("email", ""),
                now=now,
            )
        except NotChosen as refusal:
            messages.warning(request, said(refusal.text))
        else:
            yes = _("Written down. The first mail comes after this week.")
            messages.success(request, yes if weekly else _("Written down. No mail will come."))
        return redirect("pages:family-mail")
    zone = time_zone_of(person.district_id)
    context = {
        "choice": choice_of(person),
        "children": list(wards_of(viewer)),
        "languages": settings.LANGUAGES,
        "history": [(each, day(each.at, now, zone)) for each in history_of(person)],
        "name": person.name,
    }
    return render(request, "family/mail.html", context)

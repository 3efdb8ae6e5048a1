"""Bringing in a subject from tables: checked to the last field, shown before it is taken in, all of it or nothing.

Nothing is kept between the two steps. The tables travel in the form, packed; what comes back is checked anew as a stranger's.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from headway.pages.guard import page_for
from headway.pages.learner.subjects import subject_name
from headway.pages.teacher.problems import READERS
from headway.school.curriculum.library import shelves_by_subject
from headway.school.curriculum.subjects import SkillTaken, preview_subject, save_subject
from headway.school.people.access import Viewer
from headway.standards.subject.reading import NEEDED, TABLES, Subject, SubjectRefused, read_subject

MOST_BYTES = 1_500_000
"""Of all tables together, so that a page can carry them; the command line takes larger ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """One file that may be chosen."""

    name: str
    needed: bool


@require_http_methods(["GET", "POST"])
@page_for(*READERS)
def subjects(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is taught here; files to check; what they would change; and taking them in."""
    if request.method == "GET":
        return _show(request, viewer, {})
    sent = request.POST.get("tables", "")
    files = _unpacked(sent) if sent else _uploaded(request)
    if sum(map(len, files.values())) > MOST_BYTES:
        says = _(
            "The files are too large for this page. Use the command `headway import subject`, or bring in several subjects."
        )
        return _show(request, viewer, {"says": says})
    try:
        subject = read_subject(files)
        if sent:
            saved = save_subject(district=viewer.person.district_id, subject=subject)
            says = _("%(subject)s is in force: %(skills)d skills and %(items)d questions.")
            counts = {"skills": len(subject.graph.skills), "items": saved.problems.offered}
            messages.success(request, says % {"subject": subject_name(subject.name), **counts})
            return redirect("pages:subjects")
        return _show(request, viewer, _preview(viewer, subject, files))
    except SubjectRefused as refusal:
        return _show(request, viewer, {"faults": refusal.faults, "found": refusal.found})
    except SkillTaken as taken:
        says = _("These skills belong to another subject already: %(skills)s. Give yours other identifiers.")
        return _show(request, viewer, {"says": says % {"skills": str(taken)}})


def _show(request: HttpRequest, viewer: Viewer, more: dict[str, object]) -> HttpResponse:
    taught = [(subject_name(name), skills, problems) for name, skills, problems in shelves_by_subject()]
    fields = [Field(name, name in NEEDED) for name in TABLES]
    status = 422 if "faults" in more or "says" in more else 200
    return render(request, "teacher/subjects.html", {"taught": taught, "fields": fields, **more}, status=status)


def _preview(viewer: Viewer, subject: Subject, files: dict[str, bytes]) -> dict[str, object]:
    """What taking the tables in would change, and what the skills would be."""
    counts = Counter(problem.steps[0].skills[0] for problem in subject.problems)
    return {
        "subject": subject,
        "name": subject_name(subject.name),
        "change": preview_subject(district=viewer.person.district_id, subject=subject),
        "rows": [(skill, counts[skill.id]) for skill in subject.graph.skills],
        "tables": _packed(files),
    }


def _uploaded(request: HttpRequest) -> dict[str, bytes]:
    """The files by the field that they were chosen in, whatever they are called."""
    found = {}
    for name in TABLES:
        file = request.FILES.get(name)
        if file is not None and not isinstance(file, list):
            found[name] = file.read(MOST_BYTES + 1)
    return found


def _packed(files: dict[str, bytes]) -> str:
    text = json.dumps({name: data.decode("utf-8-sig") for name, data in files.items()})
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _unpacked(sent: str) -> dict[str, bytes]:
    """What :func:`_packed` made; nothing for anything else. Never unpacks more than a page may carry."""
    try:
        plain = zlib.decompressobj().decompress(base64.b64decode(sent, validate=True), 2 * MOST_BYTES)
        found = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): text.encode() for name, text in found.items() if isinstance(text, str)}

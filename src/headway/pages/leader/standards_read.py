"""One framework: its tree with a search, a statement with its skills, and what is left to align."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.skills import SkillGraph
from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.standards import WHO, changed_said, graph_of, may_keep
from headway.school.curriculum.frameworks import actions, deciding
from headway.school.curriculum.frameworks.queries import GRADES
from headway.school.curriculum.frameworks.reading import (
    FITS,
    FOUND,
    Aligned,
    Tree,
    framework_row,
    open_statements,
    statement_of,
)
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.standards.alignment import Suggestion, stem

WORDS: dict[str, deciding.Word] = {"yes": "yes", "no": "no", "back": "back"}
MANY = 20
"""Statements on a page of what is left to align."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A skill that stands for a statement, in words: on whose word, and how much the two share (empty: all of it)."""

    skill: str
    title: str
    how: str
    part: str
    refused: bool
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A skill that may stand for it, and why."""

    skill: str
    title: str
    why: str


@require_GET
@never_cache
@page_for(*WHO)
def framework(request: HttpRequest, viewer: Viewer, framework: UUID) -> HttpResponse:
    """The tree, or what a search finds (``q``); ``at`` is the statement below which to read, ``from`` where to begin."""
    row = _row(framework)
    tree, words, at = Tree(row), request.GET.get("q", "").strip()[:200], request.GET.get("at", "")
    if at and at not in tree.parent:
        raise Http404
    begin = request.GET.get("from", "0")
    branch = tree.branch(at, int(begin) if begin.isdecimal() and len(begin) < 8 else 0)
    hits = tree.found(words) if words else ()
    context: dict[str, Any] = {
        "row": row,
        "keeps": may_keep(viewer),
        "changed": changed_said(row.changed),
        "came": date_said(local_date(time_zone_of(viewer.person.district_id), row.at)),
        "statements": len(tree.parent),
        "linked": len(tree.skills),
        "words": words,
        "hits": hits[:FOUND],
        "more": len(hits) > FOUND,
        "branch": branch,
        "at": at,
        "next": branch.begin + FITS if branch.begin + FITS < branch.all else None,
        "before": max(branch.begin - FITS, 0) if branch.begin else None,
    }
    return render(request, "leader/framework.html", context)


@require_GET
@never_cache
@page_for(*WHO)
def statement(request: HttpRequest, viewer: Viewer, framework: UUID, statement: UUID) -> HttpResponse:
    """A statement: where it stands, which skills stand for it, which may."""
    row, graph = _row(framework), graph_of(viewer)
    found = statement_of(row, str(statement), graph)
    if found is None:
        raise Http404
    titles, tz = _titles(graph), time_zone_of(viewer.person.district_id)
    context = {
        "row": row,
        "found": found,
        "keeps": may_keep(viewer),
        "pairs": [_pair(each, titles, tz) for each in found.aligned],
        "proposals": [_proposal(each, titles, found.standard.statement) for each in found.proposed],
        "grades": [GRADES.get(each, each) for each in found.standard.grades],
        "skills": sorted(titles.items()),
    }
    return render(request, "leader/framework_statement.html", context)


@require_GET
@never_cache
@page_for(*WHO)
def align(request: HttpRequest, viewer: Viewer, framework: UUID) -> HttpResponse:
    """The statements that no skill stands for, a page at a time, each with what a person may confirm."""
    row, graph = _row(framework), graph_of(viewer)
    given = request.GET.get("from", "0")
    begin = int(given) if given.isdecimal() and len(given) < 8 else 0
    left, total = open_statements(row, graph, begin=begin, many=MANY)
    titles = _titles(graph)
    shown = [
        (each.standard, [_proposal(one, titles, each.standard.statement) for one in each.proposed]) for each in left
    ]
    context = {
        "row": row,
        "keeps": may_keep(viewer),
        "left": shown,
        "total": total,
        "begin": begin,
        "next": begin + MANY if begin + MANY < total else None,
        "before": max(begin - MANY, 0) if begin else None,
    }
    return render(request, "leader/framework_align.html", context)


@require_POST
@page_for(*WHO)
def say(request: HttpRequest, viewer: Viewer, framework: UUID) -> HttpResponse:
    """Confirm a pair, refuse it, or take that back."""
    actions.check_may_keep(viewer)
    row = _row(framework)
    standard, skill = request.POST.get("standard", ""), request.POST.get("skill", "").strip()
    word = WORDS.get(request.POST.get("word", ""))
    if word is None:
        raise Http404
    back = _address(row, request.POST.get("place", ""), standard)
    try:
        deciding.say_of_match(
            by=viewer.person, framework=row.identifier, standard=standard, skill=skill, word=word, now=time.time()
        )
    except ValueError:
        messages.warning(
            request, _("There is no skill with the code %(code)s. Choose one of the list.") % {"code": skill[:40]}
        )
        return redirect(back)
    says = {
        "yes": _("%(code)s stands for it now, with your name."),
        "no": _("%(code)s does not stand for it, and is not suggested again."),
        "back": _("%(code)s is as it was before somebody spoke."),
    }
    messages.success(request, says[word] % {"code": skill})
    return redirect(back)


def _address(row: Any, place: str, standard: str) -> str:
    """Back to where somebody was: the list of what is left, or the statement."""
    if place.isdecimal() and len(place) < 8:
        return f"{reverse('pages:framework-align', args=[row.identifier])}?{urlencode({'from': place})}"
    try:
        return reverse("pages:framework-statement", args=[row.identifier, UUID(standard)])
    except ValueError:
        raise Http404 from None


def _row(identifier: UUID) -> Any:
    row = framework_row(str(identifier))
    if row is None:
        raise Http404
    return row


def _titles(graph: SkillGraph) -> dict[str, str]:
    return {skill.id: _(skill.title) for skill in graph.skills}


def _pair(each: Aligned, titles: dict[str, str], tz: str) -> Pair:
    how = {
        "identifier": _("it carries the statement’s own identifier"),
        "crosswalk": _("the published crosswalk says so"),
        "association": _("the framework itself says so"),
        "person": "",
    }[each.how]
    part = _("%(n)d of 100 parts are common") % {"n": round(100 * each.share)} if each.share < 1.0 else ""
    day = date_said(local_date(tz, each.at)) if each.at else ""
    return Pair(each.skill, titles.get(each.skill, ""), how, part, each.refused, each.by, day)


def _proposal(each: Suggestion, titles: dict[str, str], statement: str) -> Proposal:
    if each.shared == ("=",):
        return Proposal(each.target, titles.get(each.target, ""), _("the same code"))
    whole = {stem(word.lower()): word for word in re.findall(r"[A-Za-z]+", statement)}
    why = _("shares the words %(words)s") % {"words": ", ".join(whole.get(word, word) for word in each.shared)}
    return Proposal(each.target, titles.get(each.target, ""), why)

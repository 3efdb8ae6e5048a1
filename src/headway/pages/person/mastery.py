"""Mastery and credit of one learner: what counts and what is missing, courses, the ledger with its contests, the transcript."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.events import MasteryEntry
from headway.core.mastery.credit import CHECK_NEEDS, Standing, standing_said
from headway.core.mastery.criterion import sentence
from headway.core.text import T, Text
from headway.pages.context import viewer_in
from headway.pages.dates import day, when
from headway.pages.learner.gate import for_learners
from headway.pages.person.door import Seen, for_person, open_person
from headway.pages.person.ledger import Line, away_lines, check_lines, outside_lines, score_lines, work_said
from headway.pages.person.taught import taught_said
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.mastery.away import away_of
from headway.school.mastery.credit.courses import Course, courses
from headway.school.mastery.credit.granting import Credit, credits_of
from headway.school.mastery.credit.standing import Contest, contests_of, standings_of
from headway.school.mastery.outside import outside_of
from headway.school.mastery.queries import ledger_of
from headway.school.measurement.projects.ledger import Scored, scored_of
from headway.school.path.checks import checks_of
from headway.school.path.checks import settle as settle_checks
from headway.school.path.families.teaching import settle as settle_taught
from headway.school.path.families.teaching import taught_of
from headway.school.path.rechecks import BadContest, contest, settle
from headway.school.people.models import Person

LOOKS = {
    "counts": ("leaf", "i-check"),
    "check": ("sun", "i-clock"),
    "transfer": ("sun", "i-star"),
    "contested": ("clay", "i-again"),
    "failed": ("clay", "i-again"),
    "open": ("", "i-dot"),
}


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill with where it stands for credit, in one sentence."""

    key: str
    title: str
    tone: str
    icon: str
    said: Text
    open: bool


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """A course with its competencies, each with its skills; ``credit`` is there once it was granted."""

    code: str
    title: str
    count: str
    ready: bool
    credit: Credit | None
    competencies: tuple[tuple[str, tuple[ShownSkill, ...]], ...]
    work: tuple[tuple[bool, Text], ...] = ()


@require_GET
@for_learners
def mine(request: HttpRequest, learner: Person) -> HttpResponse:
    """The learner's own."""
    viewer = viewer_in(request)
    assert viewer is not None
    return _page(request, open_person(viewer, learner.id, place="mastery page"))


@require_http_methods(["GET", "POST"])
@for_person
def mastery(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page; a POST contests a skill."""
    if request.method == "POST":
        _contest(request, seen)
        return redirect("pages:mastery", seen.learner.id)
    return _page(request, seen)


def _contest(request: HttpRequest, seen: Seen) -> None:
    says = request.POST.get("says", "")
    try:
        contest(
            learner=seen.learner,
            by=seen.viewer.person,
            skill=request.POST.get("skill", ""),
            says="can" if says == "can" else "cannot",
            words=request.POST.get("words", ""),
            now=time.time(),
        )
    except BadContest as refusal:
        messages.warning(request, said(refusal.text))
    except NoCurriculum as error:
        raise Http404 from error
    else:
        messages.success(request, _("Written down. The path will soon bring three problems that show how it is."))


def _page(request: HttpRequest, seen: Seen) -> HttpResponse:
    learner, now = seen.learner, time.time()
    settle(learner=learner, now=now)
    settle_taught(learner=learner, now=now)
    try:
        record = record_of(learner, now)
    except NoCurriculum:
        return render(request, "person/mastery.html", {"seen": seen, "learner": learner, "record": None})
    offered, ledger, contests = courses(), ledger_of(learner.id, most=60), contests_of(learner.id)
    touched = list(dict.fromkeys([entry.skill for entry in ledger] + [each.skill for each in contests]))
    wanted = [*touched, *(skill for course in offered for skill in course.skills)]
    found = standings_of([learner.id], record.curriculum, wanted)[learner.id]
    granted, scored = credits_of(learner.id), scored_of(learner.id)
    people = [*score_lines(scored), *away_lines(away_of(learner.id), record)]
    others = outside_of(learner.id, most=60)
    people += outside_lines(others, record)
    if any(line.skill for line in others):
        settle_checks(learner=learner, now=now)
        people += check_lines(checks_of(learner.id), record)
    context = {
        "seen": seen,
        "learner": learner,
        "record": record,
        "courses": shown_courses(offered, found, granted, record, scored),
        "credits": [(credit, day(credit.at, now, record.time_zone)) for credit in granted],
        "lines": _lines(record, ledger, contests, people, numbers=seen.role == "school"),
        "skills": [_skill(skill, found[skill], record) for skill in touched if skill in record.curriculum.skill_number],
    }
    return render(request, "person/mastery.html", context)


def shown_courses(
    offered: Sequence[Course],
    found: dict[str, Standing],
    granted: Sequence[Credit],
    record: Record,
    scored: Sequence[Scored],
) -> list[ShownCourse]:
    """Put courses into words, those with credit or progress first."""
    out, work = [], work_said(offered, scored, record)
    for course in offered:
        known = [skill for skill in course.skills if skill in record.curriculum.skill_number]
        counting = len(course.skills) - len(course.left(found))
        asked = tuple(work.get(course.code, ()))
        credit = next((each for each in granted if each.code == course.code and not each.taken_by), None)
        if not known or (not counting and credit is None and not any(shown for shown, _said in asked)):
            continue
        count = ngettext("{n} of {all} skill counts", "{n} of {all} skills count", len(course.skills)).format(
            n=counting, all=len(course.skills)
        )
        competencies = tuple(
            (words, tuple(_skill(skill, found[skill], record) for skill in skills if skill in known))
            for words, skills in course.competencies
        )
        ready = credit is None and not course.left(found) and all(shown for shown, _said in asked)
        out.append(ShownCourse(course.code, course.title, count, ready, credit, competencies, asked))
    return sorted(out, key=lambda each: (each.credit is None, not each.ready))


def _skill(skill: str, found: Standing, record: Record) -> ShownSkill:
    title = record.curriculum.skills[record.curriculum.skill_number[skill]].title
    since = day(found.since, record.at, record.time_zone) if found.since else ""
    tone, icon = LOOKS[found.state]
    return ShownSkill(skill, _(title), tone, icon, standing_said(found, Text(title), since), found.state == "open")


def _lines(
    record: Record,
    ledger: Sequence[MasteryEntry],
    contests: Sequence[Contest],
    people: Sequence[Line],
    *,
    numbers: bool,
) -> list[tuple[Text, str, str]]:
    """The ledger, with what was contested or taught at home and what came of it, and what ``people`` saw, the newest first:
    sentence, when, tone. ``numbers`` adds the chances, which are for adults of the school."""
    known, out = record.curriculum.skill_number, list(people)
    for entry in ledger:
        if entry.skill in known:
            title = Text(record.curriculum.skills[known[entry.skill]].title)
            out.append((entry.at, sentence(entry, title) if numbers else _plain(entry, title), ""))
    for each in contests:
        if each.skill in known:
            title = Text(record.curriculum.skills[known[each.skill]].title)
            out.append((each.at, _contest_said(each, title), "contest"))
            if each.of:
                out.append((each.ended_at, _recheck_said(each, title), "recheck"))
    for taught in taught_of(record.learner.id):
        if taught.skill in known:
            title = Text(record.curriculum.skills[known[taught.skill]].title)
            out.append((taught.at, taught_said(taught, title), "recheck"))
    out.sort(key=lambda line: -line[0])
    return [(words, when(at, record.at, record.time_zone), tone) for at, words, tone in out]


def _plain(entry: MasteryEntry, title: Text) -> Text:
    """A line of the ledger without a percentage of a child."""
    if entry.kind == "reached":
        return T("“{skill}” became solid after {n} first answers.", skill=title, n=entry.evidence_count)
    if entry.kind == "confirmed":
        return T("“{skill}” was still there in a check some days later.", skill=title)
    return T("“{skill}” needs practice again.", skill=title)


def _contest_said(each: Contest, title: Text) -> Text:
    if each.says == "can":
        return T("{who} says that “{skill}” is known already: “{words}”", who=each.by, skill=title, words=each.words)
    return T("{who} doubts that “{skill}” is secure: “{words}”", who=each.by, skill=title, words=each.words)


def _recheck_said(each: Contest, title: Text) -> Text:
    if each.right >= CHECK_NEEDS:
        return T(
            "Looked at again: {right} of {of} problems of “{skill}” were right at the first try without help.",
            right=each.right,
            of=each.of,
            skill=title,
        )
    return T(
        "Looked at again: only {right} of {of} problems of “{skill}” were right at the first try without help. It does not "
        "count until practice shows it anew.",
        right=each.right,
        of=each.of,
        skill=title,
    )


@require_GET
@for_person
def badge(request: HttpRequest, seen: Seen, credit: UUID) -> HttpResponse:
    """The signed credential of a credit, as a file."""
    found = next((each for each in credits_of(seen.learner.id) if each.id == str(credit)), None)
    if found is None or found.taken_by:
        raise Http404
    response = HttpResponse(found.credential, content_type="application/vc+jwt")
    response.headers["Content-Disposition"] = f'attachment; filename="credit-{found.id}.jwt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""In the middle of a lesson: groups from the last twenty minutes with a task each; the log of visits and what came of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.coaching.malrules.rule import known_misconceptions, misconception_named
from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.attention import BANDS
from headway.core.environment.lately import Circle
from headway.core.environment.visits import DEEDS, REASONS, Effect
from headway.core.mastery.kernels import DAY
from headway.core.text import T, Text
from headway.pages.dates import when
from headway.pages.documents import Block, Document, Heading, Table, Words, pdf_response
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.day_shown import skill_said
from headway.pages.teacher.papers import problem_said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.environment.lesson import Task, next_step, regroup_now, task_on
from headway.school.environment.queries import names_of
from headway.school.environment.visits import DAYS, effects_in, say_what_was_done, visits_of
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import day_of, time_zone_of
from headway.school.people.models import Person, Section
from headway.school.people.refusal import Malformed

PURPOSE, PLACE = "teaching", "lesson"
WORDS: dict[str, Text] = {
    "asked": T("had a hand up"), "stuck": T("was stuck"), "quiet": T("was quiet after a wrong answer"),
    "guessing": T("seemed to guess"), "spinning": T("tried a lot without getting there"), "rushing": T("was in a hurry"),
    "alone": T("took no hints"), "hints": T("took many hints"), "adrift": T("was far from the work"),
    "slipping": T("had slipped"), "coming": T("had a hand up"), "ready": T("was ready to move on"),
    "idle": T("had stopped"),
}  # fmt: skip
"""Why somebody went, as it is said afterwards."""
assert set(WORDS) == set(BANDS)


@dataclass(frozen=True, slots=True)
class ShownCircle:
    """A group: its heading, why, the tables by name, the task, and the misconception whose five minutes are ready; ``alone``: it
    has a task and one learner."""

    kind: str
    title: str
    why: str
    tables: tuple[str, ...]
    task: Task | None
    misconception: str
    alone: bool


@require_GET
@never_cache
@page_for(*STAFF)
def regroup(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The groups of this moment, each with a task."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    shown = _circles(found, learners)
    answered = any(circle.kind != "silent" for circle in shown)
    return render(request, "teacher/regroup_now.html", {"section": found, "circles": shown, "answered": answered})


@require_GET
@page_for(*STAFF)
def paper(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The same on paper: who sits where, and the tasks with their answers."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    blocks: list[Block] = []
    for circle in _circles(found, learners):
        blocks += [Heading(circle.title), Words(circle.why)]
        blocks += [Words(table) for table in circle.tables]
        if circle.task is not None and circle.task.together:
            rows = [[problem_said(each), plain(each.answer)] for each in circle.task.together]
            if circle.task.alone is not None:
                rows.append(
                    [
                        _("Alone: {problem}").format(problem=problem_said(circle.task.alone)),
                        plain(circle.task.alone.answer),
                    ]
                )
            blocks.append(Table([_("Problem"), _("Right")], rows, [2.6, 1.0]))
    document = Document(
        title=_("Groups for now"), language=get_language() or "en", school=found.title, date="", blocks=blocks,
        foot=_("For the teacher: names and answers"),
    )  # fmt: skip
    return pdf_response(document, at=time.time(), name=_("groups-now"))


@require_GET
@never_cache
@page_for(*STAFF)
def visits(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Who went to whom, what they did, and what the answers afterwards say."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    now, names, keys = time.time(), names_of(learners), [person.id for person in learners]
    here = time_zone_of(found.district_id)
    rows = [
        {
            "number": each.number, "name": names[str(each.learner)], "adult": each.adult, "why": plain(WORDS[each.code]),
            "when": when(each.at, now, here), "did": plain(DEEDS[each.did]) if each.did else "",
            "mine": each.adult == viewer.person.short_name and not each.did,
        }
        for each in visits_of(keys, since=now - DAYS * DAY)
    ]  # fmt: skip
    effects = [(plain(REASONS[reason]), each, _effect_said(each)) for reason, each in effects_in(keys, now).items()]
    deeds = [(code, plain(said)) for code, said in DEEDS.items()]
    context = {"section": found, "rows": rows, "deeds": deeds, "effects": effects}
    return render(request, "teacher/visits.html", context)


@require_POST
@page_for(*STAFF)
def deed(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """``did=<code>:<visit>``: one tap says what was done."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    code, _colon, number = request.POST.get("did", "").partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    try:
        say_what_was_done(adult=viewer.person, visit=int(number), did=code)
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    return redirect("pages:visits", section=found.id)


def _circles(section: Section, learners: list[Person]) -> list[ShownCircle]:
    try:
        curriculum = curriculum_of(section.district_id)
    except NoCurriculum:
        return []
    now, names = time.time(), names_of(learners)
    seed = day_of(section.district_id, now)
    return [
        _circle(each, curriculum, names, section.district_id, seed)
        for each in regroup_now([p.id for p in learners], now)
    ]


def _circle(circle: Circle, curriculum: Curriculum, names: Mapping[str, str], district: UUID, seed: int) -> ShownCircle:
    skill = skill_said(circle.skill, curriculum)
    task: Task | None = None
    if circle.kind == "misconception":
        known = misconception_named(circle.misconception)
        title = plain(known.name) if known is not None else skill
        why = _("All of them showed it in the last 20 minutes.")
        if circle.misconception not in known_misconceptions():  # an author's own words have no five-minute task
            task = task_on(district, curriculum, circle.skill, seed=seed)
    elif circle.kind == "step":
        title, task = skill, task_on(district, curriculum, circle.skill, seed=seed)
        why = _("This step does not go yet: %(right)d of %(tried)d answers right in the last 20 minutes.") % {
            "right": circle.right, "tried": circle.tried,
        }  # fmt: skip
    elif circle.kind == "ready":
        after = next_step(curriculum, circle.skill)
        title, task = skill_said(after, curriculum), task_on(district, curriculum, after, seed=seed)
        why = _("Ready for more: the last four of “%(skill)s” were right without a hint.") % {"skill": skill}
    elif circle.kind == "going":
        title, why = _("They go on by themselves"), _("Their practice has the right next problem.")
    else:
        title, why = _("No answers in the last 20 minutes"), _("Look over whether they are here and can work.")
    ready = circle.misconception if task is None else ""
    seats = circle.tables or (circle.learners,)
    return ShownCircle(
        circle.kind,
        title,
        why,
        tuple(", ".join(sorted(names[each] for each in table)) for table in seats),
        task,
        ready,
        len(circle.learners) == 1 and task is not None,
    )


def _effect_said(effect: Effect) -> str:
    """The figure in a sentence, with its uncertainty."""
    if effect.difference is None:
        return _("There are not enough moments on both sides yet to compare them: at least five learners each.")
    points, low, high = (round(100.0 * value) for value in (effect.difference, effect.low, effect.high))
    if low <= 0 <= high:
        said = _(
            "No difference can be told from chance: between %(fewer)d fewer and %(more)d more right answers out of 100."
        )
        return said % {"fewer": -low, "more": high}
    if points > 0:
        said = _("After a visit %(points)d more answers out of 100 were right (between %(low)d and %(high)d more).")
        return said % {"points": points, "low": low, "high": high}
    said = _("After a visit %(points)d fewer answers out of 100 were right (between %(low)d and %(high)d fewer).")
    return said % {"points": -points, "low": -high, "high": -low}

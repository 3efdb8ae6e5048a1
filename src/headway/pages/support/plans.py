"""A learner's plan: the goal line and the probes, what was held, the decision in words; starting and ending a plan."""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.intervention.monitoring import effect_for, effect_said
from headway.core.intervention.plans import MENU, BadPlan, Dose, GoalLine
from headway.core.intervention.probes import BLUEPRINTS
from headway.core.text import Text
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.chart import chart, table
from headway.pages.support.home import ADULTS, STAFF, show
from headway.pages.support.said import PURPOSE, day_said, member, text, weekday_choices
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import record_of
from headway.school.intervention.actions import end_plan, start_group, start_plan
from headway.school.intervention.cases import Case, Circle, circle_of
from headway.school.intervention.entries import BadEntry
from headway.school.intervention.queries import (
    SupportGroup,
    SupportPlan,
    adults_of,
    forms_of,
    groups_open,
    open_plan,
    school_of,
    schools_of,
)
from headway.school.people.access import NotAllowed, Viewer, access_learner
from headway.school.people.clock import EPOCH, date_of, day_of
from headway.school.people.models import Person

MOST_SKILLS, MOST_OPEN = 10, 5
BASELINE_DAYS, PLAN_DAYS = 7, 84
"""What the form suggests: a week for three probes before the support, and twelve weeks with it."""


def case_in(circle: Circle, plan: SupportPlan) -> Case:
    """The plan's case among those of its group."""
    return next(case for case in (*circle.cases, *circle.past) if case.plan.id == plan.id)


@require_GET
@never_cache
@page_for(*ADULTS)
def plan(request: HttpRequest, viewer: Viewer, plan: UUID) -> HttpResponse:
    """Everything about one plan on one page."""
    found = open_plan(viewer, plan, purpose=PURPOSE, place="plan page")
    today = day_of(found.district_id, time.time())
    circle = circle_of(found.group, today)
    case = case_in(circle, found)
    effect, forms = effect_for(case.scores, case.goal.start_day), forms_of(found.id)
    context = {
        "plan": found,
        "case": case,
        "m": member(case, today),
        "shown": show(circle),
        "chart": chart(case, today),
        "rows": table(case),
        "said": text(case.progress.said),
        "team": viewer.has(*STAFF),
        "effect": text(effect_said(effect)) if effect else "",
        "goal_day": day_said(case.goal.goal_day, today),
        "due": (_("was due %(day)s") if case.due < today else _("due %(day)s")) % {"day": day_said(case.due, today)},
        "start": day_said(case.goal.start_day, today),
        "forms": [each.form for each in forms if not each.stands][:MOST_OPEN],
        "scored": [(each, day_said(each.stands.day, today)) for each in forms if each.stands],
        "weekly": f"{case.goal.weekly:.1f}",
        "fidelity": round(100 * case.given.share_held) if case.given.planned else None,
        "skills": [str(_(title)) for title in _titles(found)],
    }
    return render(request, "support/plan.html", context)


def _titles(plan: SupportPlan) -> list[str]:
    if not plan.group.skills:
        return []
    from headway.school.curriculum.queries import curriculum_of

    curriculum = curriculum_of(plan.district_id)
    numbers = [curriculum.skill_number.get(skill) for skill in plan.group.skills]
    return [curriculum.skills[number].title for number in numbers if number is not None]


@require_POST
@page_for(*STAFF)
def end(request: HttpRequest, viewer: Viewer, plan: UUID) -> HttpResponse:
    """End a plan with a reason."""
    found = open_plan(viewer, plan, purpose=PURPOSE, place="plan page")
    try:
        end_plan(plan=found, by=viewer.person, why=request.POST.get("why", ""), now=time.time())
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
    else:
        messages.success(request, _("The plan has ended. Practice follows the learner’s own path again."))
    return redirect("pages:support-plan", plan=found.id)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def new(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """Write a plan for a learner: in a group that is there, or in a new one."""
    person = access_learner(viewer, learner, purpose=PURPOSE, place="plan page")
    schools = schools_of(viewer)
    school = school_of(person.id, schools)
    if school is None:
        raise NotAllowed("There is no such learner among those that you work with.")
    entered = request.POST if request.method == "POST" else QueryDict()
    problem: Text | None = None
    adults, groups = adults_of(school), groups_open(school)
    today = day_of(person.district_id, time.time())
    if request.method == "POST":
        try:
            group = _group(entered, viewer, school, adults, groups)
            made = start_plan(
                group=group,
                learner=person,
                by=viewer.person,
                why=entered.get("why", ""),
                goal=_goal(entered, person.district_id),
                now=time.time(),
            )
        except (BadEntry, BadPlan) as refused:
            problem = refused.text
        else:
            messages.success(request, _("The plan is written. Practice follows it from the next problem on."))
            return redirect("pages:support-plan", plan=made.id)
    context = {
        "learner": person,
        "adults": adults,
        "groups": groups,
        "menu": MENU.values(),
        "probes": BLUEPRINTS.values(),
        "days": weekday_choices([int(d) for d in entered.getlist("weekdays") if d.isdecimal()] or [0, 2, 3]),
        "skills": _skills(person),
        "entered": entered,
        "chosen": entered.getlist("skills"),
        "problem": said(problem) if problem else "",
        "start_day": entered.get("start_day") or date_of(today + BASELINE_DAYS).isoformat(),
        "goal_day": entered.get("goal_day") or date_of(today + BASELINE_DAYS + PLAN_DAYS).isoformat(),
    }
    return render(request, "support/plan_new.html", context, status=422 if problem else 200)


def _group(
    entered: QueryDict, viewer: Viewer, school: object, adults: list[Person], groups: list[SupportGroup]
) -> SupportGroup:
    key = entered.get("group", "")
    if key:
        found = next((group for group in groups if str(group.id) == key), None)
        if found is None:
            raise Http404
        return found
    adult = next((person for person in adults if str(person.id) == entered.get("adult")), viewer.person)
    return start_group(
        school=school,  # type: ignore[arg-type]  # pages name people only; it came from schools_of()
        adult=adult,
        name=entered.get("name", ""),
        kind=entered.get("kind", ""),
        tier=_whole(entered.get("tier", "2")),
        dose=Dose(_whole(entered.get("minutes", "")), tuple(_whole(day) for day in entered.getlist("weekdays"))),
        measure=entered.get("measure", ""),
        skills=entered.getlist("skills"),
        clock=entered.get("clock", ""),
        probe_every=_whole(entered.get("probe_every", "7")),
        now=time.time(),
    )


def _goal(entered: QueryDict, district: UUID) -> GoalLine:
    today = day_of(district, time.time())
    start = max(_day(entered.get("start_day", "")), today)
    return GoalLine(
        start,
        _number(entered.get("start_score", "")),
        _day(entered.get("goal_day", "")),
        _number(entered.get("goal_score", "")),
    )


def _day(value: str) -> int:
    try:
        return date.fromisoformat(value).toordinal() - EPOCH
    except ValueError:
        return 0


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 5 else -1


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return -1.0


def _skills(person: Person) -> list[tuple[str, str]]:
    """Skills under way, for practice to turn to: those that the learner is least sure of first."""
    try:
        record = record_of(person, time.time())
    except NoCurriculum:
        return []
    views = sorted((*record.outlook.under_way, *record.outlook.resting), key=lambda view: view.p_next)
    return [(view.skill, str(_(record.curriculum.skills[view.number].title))) for view in views[:MOST_SKILLS]]
